package dev.vams.migration.local.asl;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Counts the retries of one visit of a state; each retrier has its own count. Confined to one
 * thread.
 */
final class Retries {

  private final List<Retrier> retriers;
  private final int[] used;

  Retries(List<Retrier> retriers) {
    this.retriers = retriers;
    this.used = new int[retriers.size()];
  }

  /**
   * Uses up one retry of the first retrier that matches, and says after which delay; empty if it
   * has none left.
   */
  Optional<Duration> next(StateError error, RandomGenerator random) {
    for (int index = 0; index < used.length; index++) {
      Retrier retrier = retriers.get(index);
      if (error.matches(retrier.errorEquals())) {
        if (used[index] == retrier.maximumRetries()) {
          return Optional.empty();
        }
        used[index]++;
        return Optional.of(retrier.delay(used[index], random));
      }
    }
    return Optional.empty();
  }
}
