package dev.vams.migration.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRateTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void callsOfOneMomentAreSpreadEvenly() {
    RequestRate rate = new RequestRate(4, clock);

    assertThat(Stream.generate(rate::reserve).limit(6))
        .extracting(Duration::toMillis)
        .containsExactly(0L, 250L, 500L, 750L, 1_000L, 1_250L);
  }

  @Test
  void whatWasNotUsedIsNotSavedUp() {
    RequestRate rate = new RequestRate(4, clock);
    rate.reserve();
    clock.advance(Duration.ofMinutes(1));

    assertThat(rate.reserve()).isZero();
    assertThat(rate.reserve()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void aRateMayBeLessThanOneCallASecond() {
    RequestRate rate = new RequestRate(0.1, clock);
    rate.reserve();

    assertThat(rate.reserve()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void noRateIsZeroOrLess(double perSecond) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RequestRate(perSecond, clock));
  }
}
