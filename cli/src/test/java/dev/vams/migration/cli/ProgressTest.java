package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Unit RANGE = new Unit.KeyRange("range", "files", "", "", "");
  private static final Unit SEGMENT = new Unit.Segment("segment", "notes", 0, 1);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource clock = () -> now;
  private final Progress progress = new Progress(clock);

  @Test
  void saysNothingBeforeTheFirstPhase() {
    assertThat(progress.line()).isEmpty();
  }

  @Test
  void countsWhatIsSettledAndHowFast() {
    progress.mapStarted("CopyPhase", 4);
    progress.advanced(RANGE, Tally.ofCopied(3 << 20));
    progress.advanced(RANGE, Tally.ofSkipped());
    progress.advanced(SEGMENT, Tally.ofCopiedItems(1_998));
    pass(Duration.ofSeconds(10));

    assertThat(progress.line())
        .hasValue("copy   0/4 units  2 objects  1,998 items  3.0 MiB  200/s");
  }

  @Test
  void countsWhatIsComparedAndHowFast() {
    progress.mapStarted("CopyPhase", 4);
    progress.advanced(RANGE, Tally.ofCopied(7));
    progress.mapStarted("VerifyUnits", 4);
    progress.compared(RANGE, 5, 2 << 20);
    progress.compared(SEGMENT, 15, 0);
    pass(Duration.ofSeconds(2));

    assertThat(progress.line())
        .hasValue("verify 0/4 units  5 objects  15 items of both sides  2.0 MiB  10/s");
  }

  @Test
  void estimatesTheTimeLeftFromTheUnitsDone() {
    progress.mapStarted("CopyPhase", 4);
    pass(Duration.ofMinutes(30));
    progress.childSucceeded("CopyPhase", "0");

    assertThat(progress.line().orElseThrow()).endsWith("about 1 h 30 min left");
  }

  @Test
  void saysShortTimesInMinutesAndSeconds() {
    progress.mapStarted("CopyPhase", 2);
    pass(Duration.ofSeconds(150));
    progress.childSucceeded("CopyPhase", "0");
    assertThat(progress.line().orElseThrow()).endsWith("about 2 min left");

    progress.mapStarted("VerifyUnits", 2);
    pass(Duration.ofMillis(1));
    progress.childSucceeded("VerifyUnits", "0");
    assertThat(progress.line())
        .hasValue("verify 1/2 units  0 objects  0 items of both sides  0 B  0/s  about 1 s left");
  }

  @Test
  void countsFailuresOfEntriesAndUnitsThatFailed() {
    progress.mapStarted("CopyPhase", 2);
    progress.advanced(RANGE, Tally.ofFailed());
    progress.childFailed("CopyPhase", "0", "error", "cause");
    progress.childFailed("CopyPhase", "1", "error", "cause");

    assertThat(progress.line().orElseThrow()).startsWith("copy   2/2 units").endsWith("  1 failed");
  }

  @Test
  void beginsEachPhaseAnew() {
    progress.mapStarted("CopyPhase", 1);
    progress.advanced(RANGE, Tally.ofFailed());
    progress.childSucceeded("CopyPhase", "0");
    progress.mapStarted("LocateDifferences", 3);

    assertThat(progress.line()).hasValue("locate 0/3 units  0 objects  0 items  0 B  0/s");
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
