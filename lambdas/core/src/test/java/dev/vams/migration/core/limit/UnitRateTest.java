package dev.vams.migration.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnitRateTest {
  private final ManualClock clock = new ManualClock();
  private final UnitRate rate = new UnitRate(10, clock);

  @Test
  void aCallWaitsForWhatThoseBeforeItCost() {
    assertThat(rate.reserve(5)).isEqualTo(Duration.ZERO);
    assertThat(rate.reserve(20)).isEqualTo(Duration.ofMillis(500));
    assertThat(rate.reserve(1)).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void aWrongGuessIsMadeUpFor() {
    rate.reserve(5);
    rate.correct(5, 25);

    assertThat(rate.reserve(10)).isEqualTo(Duration.ofMillis(2500));
    rate.correct(10, 0);
    assertThat(rate.reserve(1)).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void whatIsNotMadeUpForIsADebt() {
    assertThat(rate.debt()).isEqualTo(Duration.ZERO);
    rate.reserve(5);
    rate.correct(5, 25);
    clock.advance(Duration.ofSeconds(1));

    assertThat(rate.debt()).isEqualTo(Duration.ofMillis(1500));
    assertThat(rate.debt()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void whatIsNotUsedIsNotSavedUp() {
    rate.reserve(10);
    clock.advance(Duration.ofMinutes(1));

    assertThat(rate.reserve(10)).isEqualTo(Duration.ZERO);
    assertThat(rate.reserve(10)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aRateIsMoreThanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new UnitRate(0, clock));
    assertThatIllegalArgumentException().isThrownBy(() -> new UnitRate(Double.NaN, clock));
  }
}
