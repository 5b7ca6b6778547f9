package dev.vams.migration.infra.stack;

import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.Pair;
import dev.vams.migration.infra.settings.StackSide;
import java.util.List;

/** What small migrations touch. */
final class Scopes {
  static final Pair ASSETS = new Pair("old-assets", "new-assets");
  static final Pair DATABASES = new Pair("old-databases", "new-databases");

  static final String OLD_ROLE = "arn:aws:iam::111122223333:role/old";
  static final String NEW_ROLE = "arn:aws:iam::444455556666:role/new";
  static final String OLD_KEY = "arn:aws:kms:us-east-1:111122223333:key/old";
  static final String NEW_KEY = "arn:aws:kms:eu-west-1:444455556666:key/new";

  private Scopes() {}

  /** From us-east-1 to eu-west-1. */
  static MigrationScope of(List<Pair> buckets, List<Pair> tables) {
    return new MigrationScope(side("us-east-1"), side("eu-west-1"), buckets, tables);
  }

  /** One bucket and one table. */
  static MigrationScope small() {
    return of(List.of(ASSETS), List.of(DATABASES));
  }

  /** The same, encrypted, and through roles that may be empty. */
  static MigrationScope encrypted(String roleFrom, String roleTo) {
    return new MigrationScope(
        new StackSide("us-east-1", roleFrom, List.of(OLD_KEY)),
        new StackSide("eu-west-1", roleTo, List.of(NEW_KEY)),
        List.of(ASSETS),
        List.of(DATABASES));
  }

  static StackSide side(String region) {
    return new StackSide(region, "", List.of());
  }
}
