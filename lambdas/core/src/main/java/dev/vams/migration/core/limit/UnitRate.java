package dev.vams.migration.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps calls that cost different amounts to a rate, although what one costs is known only when it
 * is answered: a call reserves what it will probably cost, and what it did cost more or less is
 * made up for by the calls after it. So within any span of time no more is used than the rate
 * allows, plus what the calls in flight cost. What is not used is not saved up for later. Safe for
 * use by many threads.
 */
public final class UnitRate {
  private final double perSecond;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  /**
   * @param perSecond units in a second, more than 0
   * @throws IllegalArgumentException when the rate is not more than 0
   */
  public UnitRate(double perSecond, InstantSource clock) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate is more than 0, not " + perSecond);
    }
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /**
   * Takes the next place.
   *
   * @param units what the call will probably cost
   * @return the time until the call may begin, zero or more
   */
  public synchronized Duration reserve(double units) {
    Instant now = clock.instant();
    Instant place = next.isBefore(now) ? now : next;
    next = place.plus(time(units));
    return Duration.between(now, place);
  }

  /**
   * Makes up for a wrong guess.
   *
   * @param reserved what was reserved
   * @param used what the call did cost
   */
  public synchronized void correct(double reserved, double used) {
    next = next.plus(time(used - reserved));
  }

  /**
   * What was used and is not made up for yet.
   *
   * @return the time until a call may begin, zero or more
   */
  public Duration debt() {
    return reserve(0);
  }

  private Duration time(double units) {
    return Duration.ofNanos(Math.round(units / perSecond * Duration.ofSeconds(1).toNanos()));
  }
}
