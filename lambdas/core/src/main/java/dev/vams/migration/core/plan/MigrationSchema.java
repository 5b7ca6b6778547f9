package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one migration is asked to do: which buckets and tables are copied from stack A to stack B,
 * and how. Pairs keep the order of the schema.
 *
 * @param source where stack A is, and how it is reached
 * @param target where stack B is, and how it is reached; if both have a role, with one external id
 * @param buckets the bucket pairs; empty when only tables are copied
 * @param tables the table pairs; empty when only buckets are copied
 * @param options how the migration is carried out
 * @param retryOf the name of an earlier run whose unfinished work this run does; empty for a run
 *     that starts from nothing
 */
public record MigrationSchema(
    StackAccess source,
    StackAccess target,
    List<BucketPair> buckets,
    List<TablePair> tables,
    Options options,
    String retryOf) {

  /**
   * A run name: the name of a Step Functions execution, see <a
   * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>,
   * limited to the characters that are plain in object keys and addresses.
   */
  public static final Pattern RUN_NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  /**
   * Checks the texts and takes copies of the lists.
   *
   * @throws IllegalArgumentException when the roles have different external ids, when there is
   *     nothing to copy, or when {@code retryOf} is neither empty nor a run name
   */
  public MigrationSchema {
    requireNonNull(source, "source");
    requireNonNull(target, "target");
    buckets = List.copyOf(buckets);
    tables = List.copyOf(tables);
    requireNonNull(options, "options");
    if (Stream.of(source, target)
            .flatMap(stack -> stack.role().stream())
            .map(AssumedRole::externalId)
            .distinct()
            .count()
        > 1) {
      throw new IllegalArgumentException("both roles need the same external id");
    }
    if (buckets.isEmpty() && tables.isEmpty()) {
      throw new IllegalArgumentException("a schema needs at least one bucket or table pair");
    }
    if (!retryOf.isEmpty() && !RUN_NAME.matcher(retryOf).matches()) {
      throw new IllegalArgumentException("retryOf must be empty or a run name, not " + retryOf);
    }
  }

  /** A migration whose two stacks the workers reach with their own identity. */
  public MigrationSchema(
      String regionFrom,
      String regionTo,
      List<BucketPair> buckets,
      List<TablePair> tables,
      Options options,
      String retryOf) {
    this(StackAccess.in(regionFrom), StackAccess.in(regionTo), buckets, tables, options, retryOf);
  }

  /** The region of stack A, such as {@code us-east-1}. */
  public String regionFrom() {
    return source.region();
  }

  /** The region of stack B, may be the same. */
  public String regionTo() {
    return target.region();
  }

  /** Whether this run continues the work of an earlier one. */
  public boolean isRetry() {
    return !retryOf.isEmpty();
  }

  /** The same migration, carried out as far as this mode says. */
  public MigrationSchema in(Mode mode) {
    return new MigrationSchema(source, target, buckets, tables, options.in(mode), retryOf);
  }

  /**
   * The same migration as a continuation of a run.
   *
   * @param run the run's name; empty for a migration that starts from nothing
   * @throws IllegalArgumentException when it is neither empty nor a run name
   */
  public MigrationSchema retrying(String run) {
    return new MigrationSchema(source, target, buckets, tables, options, run);
  }
}
