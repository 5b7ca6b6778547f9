package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

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
 */
public record Options(
    Mode mode,
    IfTargetNotEmpty ifTargetNotEmpty,
    Order order,
    int maxConcurrency,
    Optional<Integer> maxRequestsPerSecond) {

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
   * Checks the ranges of the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Options {
    requireNonNull(mode, "mode");
    requireNonNull(ifTargetNotEmpty, "ifTargetNotEmpty");
    requireNonNull(order, "order");
    if (maxConcurrency < MIN_CONCURRENCY || maxConcurrency > MAX_CONCURRENCY) {
      throw new IllegalArgumentException(
          "maxConcurrency must be %s to %s, not %s"
              .formatted(MIN_CONCURRENCY, MAX_CONCURRENCY, maxConcurrency));
    }
    if (maxRequestsPerSecond.filter(rate -> rate < 1).isPresent()) {
      throw new IllegalArgumentException("maxRequestsPerSecond must be at least 1");
    }
  }

  /** Options that leave the rate of requests to S3. */
  public Options(Mode mode, IfTargetNotEmpty ifTargetNotEmpty, Order order, int maxConcurrency) {
    this(mode, ifTargetNotEmpty, order, maxConcurrency, Optional.empty());
  }

  /** Migrates everything in one phase into empty targets, 40 units at once. */
  public static Options defaults() {
    return DEFAULTS;
  }

  /** The same options with another mode. */
  public Options in(Mode other) {
    return new Options(other, ifTargetNotEmpty, order, maxConcurrency, maxRequestsPerSecond);
  }
}
