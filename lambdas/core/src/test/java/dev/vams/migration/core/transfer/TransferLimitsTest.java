package dev.vams.migration.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferLimitsTest {

  @ParameterizedTest
  @CsvSource({"0.02, 1", "0.2, 2", "2, 20", "1000, 64"})
  void noMoreIsInFlightThanHasItsPlaceSoon(double requestsPerSecond, int inFlight) {
    assertThat(TransferLimits.DEFAULT.objects(requestsPerSecond).size()).isEqualTo(inFlight);
  }
}
