package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

import dev.vams.migration.core.store.Restore;
import java.util.Optional;

/**
 * How a migration is carried out; every option has a default.
 *
 * @param mode how far the run goes
 * @param ifTargetNotEmpty what happens to data that a target already holds
 * @param order the phases in which buckets and tables are copied
 * @param maxConcurrency how many units of work are done at once, {@value #MIN_CONCURRENCY} to
 *     {@value #MAX_CONCURRENCY}
 * @param maxRequestsPerSecond how many requests the workers of one bucket pair send to S3 within a
 *     second, all together, at least 1; empty for as many as S3 takes
 * @param deleteExtraneous whether objects, and items under {@link IfTargetNotEmpty#SYNC}, that only
 *     the target has are deleted; not with {@link IfTargetNotEmpty#FAIL}, under which there are
 *     none
 * @param archived what happens to archived objects
 * @param restore how they are restored, under {@link IfArchived#RESTORE}
 */
public record Options(
    Mode mode,
    IfTargetNotEmpty ifTargetNotEmpty,
    Order order,
    int maxConcurrency,
    Optional<Integer> maxRequestsPerSecond,
    boolean deleteExtraneous,
    IfArchived archived,
    Restore restore) {

  /** One unit of work after the other. */
  public static final int MIN_CONCURRENCY = 1;

  /**
   * The hard limit of parallel child workflows of one Distributed Map, see <a
   * href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html">Distributed
   * Map</a>.
   */
  public static final int MAX_CONCURRENCY = 10_000;

  private static final Options DEFAULTS =
      new Options(Mode.MIGRATE, IfTargetNotEmpty.FAIL, Order.TOGETHER, 40);

  /**
   * Checks the ranges of the numbers, and that deleting has been asked for with care.
   *
   * @throws IllegalArgumentException when one is out of range, or it is not
   */
  public Options {
    requireNonNull(mode, "mode");
    requireNonNull(ifTargetNotEmpty, "ifTargetNotEmpty");
    requireNonNull(order, "order");
    requireNonNull(archived, "archived");
    requireNonNull(restore, "restore");
    if (maxConcurrency < MIN_CONCURRENCY || maxConcurrency > MAX_CONCURRENCY) {
      throw new IllegalArgumentException(
          "maxConcurrency must be %s to %s, not %s"
              .formatted(MIN_CONCURRENCY, MAX_CONCURRENCY, maxConcurrency));
    }
    if (maxRequestsPerSecond.filter(rate -> rate < 1).isPresent()) {
      throw new IllegalArgumentException("maxRequestsPerSecond must be at least 1");
    }
    if (deleteExtraneous && ifTargetNotEmpty == IfTargetNotEmpty.FAIL) {
      throw new IllegalArgumentException("nothing is deleted from targets that must be empty");
    }
  }

  /**
   * Options that leave the rate of requests to S3, delete nothing, and under which archived objects
   * fail.
   */
  public Options(Mode mode, IfTargetNotEmpty ifTargetNotEmpty, Order order, int maxConcurrency) {
    this(
        mode,
        ifTargetNotEmpty,
        order,
        maxConcurrency,
        Optional.empty(),
        false,
        IfArchived.FAIL,
        Restore.DEFAULT);
  }

  /** Migrates everything in one phase into empty targets, 40 units at once. */
  public static Options defaults() {
    return DEFAULTS;
  }

  /** The same options with another mode. */
  public Options in(Mode other) {
    return new Options(
        other,
        ifTargetNotEmpty,
        order,
        maxConcurrency,
        maxRequestsPerSecond,
        deleteExtraneous,
        archived,
        restore);
  }

  /** The same options, with which what only the target has is deleted. */
  public Options deletingExtraneous() {
    return new Options(
        mode,
        ifTargetNotEmpty,
        order,
        maxConcurrency,
        maxRequestsPerSecond,
        true,
        archived,
        restore);
  }

  /** The same options for archived objects. */
  public Options with(IfArchived policy, Restore how) {
    return new Options(
        mode,
        ifTargetNotEmpty,
        order,
        maxConcurrency,
        maxRequestsPerSecond,
        deleteExtraneous,
        policy,
        how);
  }
}
