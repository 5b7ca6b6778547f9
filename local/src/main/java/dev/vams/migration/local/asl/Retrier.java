package dev.vams.migration.local.asl;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which errors are tried again, how often and after which delays.
 *
 * @param maximumRetries 0 means that these errors are never tried again
 * @param fullJitter whether a delay is drawn between zero and its value
 */
record Retrier(
    Set<String> errorEquals,
    Duration interval,
    double backoffRate,
    int maximumRetries,
    Optional<Duration> maximumDelay,
    boolean fullJitter) {

  private static final Duration LONGEST = Duration.ofSeconds(NumberRange.LARGEST);

  /**
   * A retrier that only says which errors it is for.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error">The
   *     defaults of a retrier</a>
   */
  static Retrier withDefaults(Set<String> errorEquals) {
    return new Retrier(errorEquals, Duration.ofSeconds(1), 2.0, 3, Optional.empty(), false);
  }

  /** The delay before a retry, exact to the millisecond; the first retry has number 1. */
  Duration delay(int retry, RandomGenerator random) {
    Duration most = maximumDelay.orElse(LONGEST);
    double grown = interval.toMillis() * Math.pow(backoffRate, retry - 1.0);
    double millis = Math.min(grown, (double) most.toMillis());
    return Duration.ofMillis(Math.round(fullJitter ? millis * random.nextDouble() : millis));
  }
}
