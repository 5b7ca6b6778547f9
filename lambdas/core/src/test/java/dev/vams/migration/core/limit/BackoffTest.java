package dev.vams.migration.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration BASE = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void doublesUntilTheLimit() {
    Backoff backoff = new Backoff(BASE, LIMIT, new LargestRandom());

    assertThat(IntStream.rangeClosed(1, 9).mapToObj(backoff::delay).map(Duration::toMillis))
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
  }

  @Test
  void staysAtTheLimitForAnyNumberOfAttempts() {
    Backoff backoff = new Backoff(BASE, LIMIT, new LargestRandom());

    assertThat(backoff.delay(64)).isEqualTo(LIMIT);
    assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(LIMIT);
  }

  @Test
  void isSpreadOverTheWholeTime() {
    Backoff backoff = new Backoff(BASE, LIMIT, new Random(1));

    assertThat(IntStream.range(0, 1000).mapToObj(i -> backoff.delay(1).toMillis()))
        .allMatch(millis -> millis >= 0 && millis <= 50)
        .contains(0L, 50L);
  }
}
