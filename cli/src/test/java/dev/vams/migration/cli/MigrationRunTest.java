package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationRunTest {

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "4, 8", "5, 8", "64, 8"})
  void workersFollowTheProcessorsUpToWhatOneProcessHolds(int processors, int workers) {
    assertThat(MigrationRun.workers(processors)).isEqualTo(workers);
  }
}
