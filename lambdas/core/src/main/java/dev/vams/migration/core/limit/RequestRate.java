package dev.vams.migration.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Spreads calls evenly, so that no more than so many begin within any second. What is not used is
 * not saved up for later. Safe for use by many threads.
 */
public final class RequestRate {
  private final Duration interval;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  /**
   * @param perSecond calls in a second, more than 0; less than 1 is a call every few seconds
   * @throws IllegalArgumentException when the rate is not more than 0
   */
  public RequestRate(double perSecond, InstantSource clock) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate is more than 0, not " + perSecond);
    }
    interval = Duration.ofNanos((long) Math.ceil(Duration.ofSeconds(1).toNanos() / perSecond));
    this.clock = clock;
  }

  /** Takes the next place for a call; gives the time until then, zero or more. */
  public synchronized Duration reserve() {
    Instant now = clock.instant();
    Instant place = next.isBefore(now) ? now : next;
    next = place.plus(interval);
    return Duration.between(now, place);
  }
}
