package dev.vams.migration.infra.settings;

import java.util.List;
import java.util.Objects;

/**
 * What one migration schema lets the workers touch. The schema says more; permissions depend on
 * nothing else.
 *
 * @param sourceRegion the region of the source stack's tables
 * @param targetRegion the region of the target stack's tables
 * @param buckets in the order of the schema
 * @param tables in the order of the schema
 */
public record MigrationScope(
    String sourceRegion, String targetRegion, List<Pair> buckets, List<Pair> tables) {
  public MigrationScope {
    Objects.requireNonNull(sourceRegion, "sourceRegion");
    Objects.requireNonNull(targetRegion, "targetRegion");
    buckets = List.copyOf(buckets);
    tables = List.copyOf(tables);
  }
}
