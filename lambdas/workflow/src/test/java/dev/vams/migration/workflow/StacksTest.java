package dev.vams.migration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.limit.UnitRate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StacksTest {
  private final ManualClock clock = new ManualClock();
  private final RecordingPause pause = new RecordingPause();
  private final UnitRate reads = new UnitRate(10, clock);
  private final UnitRate writes = new UnitRate(1, clock);

  @Test
  void aWorkerMakesUpForWhatItUsedLast() {
    reads.reserve(200);
    writes.reserve(3);

    stacks(List.of(reads, writes)).close();

    assertThat(pause.waits()).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void aWorkerEndsWhateverItUsed() {
    writes.reserve(400);

    stacks(List.of(reads, writes)).close();

    assertThat(pause.waits()).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void aWorkerThatOwesNothingWaitsForNothing() {
    reads.reserve(10);
    clock.advance(Duration.ofSeconds(1));

    stacks(List.of(reads, writes)).close();

    assertThat(pause.waits()).isEmpty();
  }

  private Stacks stacks(List<UnitRate> rates) {
    TwoStacks stacks = new TwoStacks();
    return new Stacks(
        stacks.source(), stacks.target(), new AimdWindow(1, 1), List.of(), rates, pause);
  }
}
