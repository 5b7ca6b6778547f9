package dev.vams.migration.infra.stack;

import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.Pair;
import java.util.List;

/** What small migrations touch. */
final class Scopes {
  static final Pair ASSETS = new Pair("old-assets", "new-assets");
  static final Pair DATABASES = new Pair("old-databases", "new-databases");

  private Scopes() {}

  /** From us-east-1 to eu-west-1. */
  static MigrationScope of(List<Pair> buckets, List<Pair> tables) {
    return new MigrationScope("us-east-1", "eu-west-1", buckets, tables);
  }

  /** One bucket and one table. */
  static MigrationScope small() {
    return of(List.of(ASSETS), List.of(DATABASES));
  }
}
