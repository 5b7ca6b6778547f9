package dev.vams.migration.core.limit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a call is repeated: exponential with full jitter (<a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff and Jitter</a>), so that workers throttled together do not come back together.
 *
 * <p>Safe for use by many threads when its random generator is.
 *
 * @param base the longest first wait
 * @param limit the longest wait of all
 * @param random where the jitter comes from
 */
public record Backoff(Duration base, Duration limit, RandomGenerator random) {

  /**
   * The wait before a repetition.
   *
   * @param attempt how many times the call was made before, from 1
   */
  public Duration delay(int attempt) {
    long ceiling = Math.min(limit.toMillis(), base.toMillis() << Math.min(attempt - 1, Short.SIZE));
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }
}
