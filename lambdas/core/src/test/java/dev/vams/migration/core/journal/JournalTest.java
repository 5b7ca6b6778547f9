package dev.vams.migration.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.WorkStoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final TwoStacks stacks = new TwoStacks();
  private final Journal journal = stacks.journal();

  @Test
  void aRunWithoutFilesHasNothing() {
    assertThat(journal.plan()).isEmpty();
    assertThat(journal.done("unit-0")).isEmpty();
    assertThat(journal.checkpoint("unit-0")).isEmpty();
    assertThat(journal.compared("unit-0")).isEmpty();
    assertThat(journal.failures(10)).isEmpty();
    assertThat(journal.mismatches(10)).isEmpty();
    assertThat(journal.childFailures(10)).isEmpty();
  }

  @Test
  void givesBackWhatWasSaved() {
    MigrationPlan plan = TwoStacks.plan(IfTargetNotEmpty.MERGE);
    DoneMarker done = new DoneMarker("unit-0", "run-1", Tally.ofCopied(5), DigestSum.ZERO);
    ComparedMarker compared = new ComparedMarker("unit-0", "assets", Comparison.ZERO);
    CopyCursor cursor =
        new CopyCursor(
            new Position.AfterKey("a b+\u00e9"), Tally.ZERO, DigestSum.ZERO, 2, 1, 0, 0, 0);

    journal.savePlan(plan);
    journal.markDone(done);
    journal.markCompared(compared);
    journal.saveCheckpoint("unit-0", cursor);

    assertThat(journal.plan()).hasValue(plan);
    assertThat(journal.done("unit-0")).hasValue(done);
    assertThat(journal.compared("unit-0")).hasValue(compared);
    assertThat(journal.checkpoint("unit-0")).hasValue(cursor);
  }

  @Test
  void givesUnitsInTheOrderSaved() {
    List<Unit> units =
        List.of(
            new Segment("table-00", "assetTable", 0, 2),
            new KeyRange("bucket-00", "assets", "", "a\nb", "c"),
            new Unit.ItemComparison("table-00-items", "assetTable", 1, 2));
    journal.saveUnits("copy", units);
    List<Unit> read = new ArrayList<>();

    journal.forEachUnit("copy", read::add);

    assertThat(read).isEqualTo(units);
  }

  @Test
  void aPhaseWithoutAFileIsAnErrorThatNamesIt() {
    assertThatExceptionOfType(WorkStoreException.class)
        .isThrownBy(() -> journal.forEachUnit("copy", unit -> {}))
        .withMessageContaining("units-copy.jsonl");
  }

  @Test
  void runsDoNotMix() {
    journal.markDone(new DoneMarker("unit-0", "run-1", Tally.ZERO, DigestSum.ZERO));

    assertThat(journal.of("run-10").done("unit-0")).isEmpty();
  }

  @Test
  void readsNoMoreRecordsThanAskedFor() {
    RecordLog log = journal.failureLog("unit-0", 0);
    for (String entry : List.of("a", "b", "c")) {
      log.add(new Failure("unit-0", entry, "X: y", "z"));
    }
    log.flush();

    assertThat(journal.failures(2)).extracting(Failure::entry).containsExactly("a", "b");
  }

  @Test
  void findsTheCausesOfFailedChildren() {
    putResult(
        "CopyPhase/FAILED_0.json",
        """
        [{"ExecutionArn":"arn","Input":"{\\"run\\":\\"r\\",\\"unit\\":{\\"kind\\":\\"SEGMENT\\",\\"id\\":\\"unit-7\\",\
        \\"descriptor\\":\\"t\\",\\"segment\\":0,\\"totalSegments\\":1},\\"cursor\\":null}",
        "Error":"UnitFailed","Cause":"listing bucket b: AccessDenied: no","Status":"FAILED"}]
        """);
    putResult("CopyPhase/SUCCEEDED_0.json", "[]");

    assertThat(journal.childFailures(10))
        .containsEntry("unit-7", "UnitFailed: listing bucket b: AccessDenied: no");
  }

  @Test
  void aChildThatWasAbortedHasNoErrorAndNoCause() {
    putResult(
        "CopyPhase/FAILED_0.json",
        """
        [{"Input":"{\\"unit\\":{\\"kind\\":\\"KEY_RANGE\\",\\"id\\":\\"unit-8\\",\\"descriptor\\":\\"b\\",\
        \\"prefix\\":\\"\\",\\"after\\":\\"\\",\\"through\\":\\"\\"}}","Status":"ABORTED"}]
        """);

    assertThat(journal.childFailures(10)).containsEntry("unit-8", "ABORTED");
  }

  @Test
  void ofALambdaErrorOnlyTheMessageIsShownAndNotTheStackTrace() {
    putResult(
        "CopyPhase/FAILED_0.json",
        """
        [{"Input":"{\\"unit\\":{\\"kind\\":\\"KEY_RANGE\\",\\"id\\":\\"unit-9\\",\\"descriptor\\":\\"b\\",\
        \\"prefix\\":\\"\\",\\"after\\":\\"\\",\\"through\\":\\"\\"}}","Error":"UnitFailed",
        "Cause":"{\\"errorMessage\\":\\"no access\\",\\"errorType\\":\\"X\\",\\"stackTrace\\":[\\"at y\\"]}",
        "Status":"FAILED"}]
        """);

    assertThat(journal.childFailures(10)).containsEntry("unit-9", "UnitFailed: no access");
  }

  private void putResult(String name, String json) {
    stacks.work().put(journal.files().results() + name, json.getBytes(StandardCharsets.UTF_8));
  }
}
