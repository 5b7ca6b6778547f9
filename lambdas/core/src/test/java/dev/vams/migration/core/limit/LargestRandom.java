package dev.vams.migration.core.limit;

import java.util.random.RandomGenerator;

/** Always draws the largest number that is allowed, so that a backoff waits as long as it may. */
public final class LargestRandom implements RandomGenerator {

  @Override
  public long nextLong() {
    return Long.MAX_VALUE;
  }

  @Override
  public long nextLong(long bound) {
    return bound - 1;
  }
}
