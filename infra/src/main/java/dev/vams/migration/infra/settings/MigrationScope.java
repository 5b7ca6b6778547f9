package dev.vams.migration.infra.settings;

import java.util.List;
import java.util.Objects;

/**
 * What one migration schema lets the workers touch. The schema says more; permissions depend on
 * nothing else.
 *
 * @param source the stack that is read
 * @param target the stack that is written
 * @param buckets in the order of the schema
 * @param tables in the order of the schema
 * @param deletesExtraneous whether the workers delete what only targets have
 * @param restoresArchived whether the workers have archived objects restored
 */
public record MigrationScope(
    StackSide source,
    StackSide target,
    List<Pair> buckets,
    List<Pair> tables,
    boolean deletesExtraneous,
    boolean restoresArchived) {
  public MigrationScope {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    buckets = List.copyOf(buckets);
    tables = List.copyOf(tables);
  }

  /** A scope in which nothing is deleted or restored. */
  public MigrationScope(StackSide source, StackSide target, List<Pair> buckets, List<Pair> tables) {
    this(source, target, buckets, tables, false, false);
  }
}
