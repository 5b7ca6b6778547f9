package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import dev.vams.migration.local.asl.ExecutionListener;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.workflow.WorkListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way that the definition takes: its phases and its loops. */
@ExtendWith(EmulatorExtension.class)
class WorkflowTest {

  /** A worker without time does one key of a bucket, or one page of a table, which has 1 MB. */
  private static final Size MANY_STEPS = new Size(25, 6, 300_000);

  @TempDir Path workDirectory;

  @Test
  void tablesFirstCopiesEveryItemBeforeAnyObject(Emulator emulator) {
    assertThat(kindsInOrder(emulator, "TABLES_FIRST"))
        .containsExactly(Unit.Segment.class, Unit.KeyRange.class);
  }

  @Test
  void bucketsFirstCopiesEveryObjectBeforeAnyItem(Emulator emulator) {
    assertThat(kindsInOrder(emulator, "BUCKETS_FIRST"))
        .containsExactly(Unit.KeyRange.class, Unit.Segment.class);
  }

  @Test
  void unitsThatNeedMoreThanOneWorkerGoOnAtTheirCursor(Emulator emulator) {
    SmallMigration migration = SmallMigration.create(emulator, MANY_STEPS);
    Queue<String> states = new ConcurrentLinkedQueue<>();

    Report report =
        new LocalRun(emulator, workDirectory)
            .run(
                "run",
                migration.schema(),
                Duration.ofSeconds(1),
                WorkListener.DEAF,
                new ExecutionListener() {
                  @Override
                  public void stateEntered(String executionName, String stateName) {
                    states.add(stateName);
                  }
                });

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.total(Kind.BUCKET).copied()).isEqualTo(MANY_STEPS.objects());
    assertThat(report.total(Kind.TABLE)).isEqualTo(Tally.ofCopiedItems(MANY_STEPS.items()));
    assertThat(Collections.frequency(states, "CopyPrefix")).isEqualTo(MANY_STEPS.objects());
    assertThat(Collections.frequency(states, "CopySegment")).isEqualTo(2);
    assertThat(Collections.frequency(states, "VerifyUnit"))
        .isGreaterThanOrEqualTo(MANY_STEPS.objects() + 4);
    assertThat(Contents.versions(emulator, migration.targetBucket()).values())
        .hasSize(MANY_STEPS.objects())
        .allMatch(versions -> versions.size() == 1);
  }

  /** The kinds of units in the order in which entries were settled, without repetitions. */
  private List<Class<?>> kindsInOrder(Emulator emulator, String order) {
    SmallMigration migration = SmallMigration.create(emulator, Size.SMALL);
    Settled settled = new Settled();

    Report report =
        new LocalRun(emulator, workDirectory)
            .run(
                "run",
                migration.schema("order", order),
                LocalEngine.LAMBDA_TIME,
                settled,
                new ExecutionListener() {});

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    return settled.kinds();
  }

  private static final class Settled implements WorkListener {
    private final Queue<Class<?>> kinds = new ConcurrentLinkedQueue<>();

    @Override
    public void advanced(Unit unit, Tally change) {
      kinds.add(unit.getClass());
    }

    @Override
    public void compared(Unit unit, long entries, long bytes) {}

    /** Each kind where it began; a kind that comes back is there twice. */
    List<Class<?>> kinds() {
      List<Class<?>> runs = new ArrayList<>();
      for (Class<?> kind : kinds) {
        if (runs.isEmpty() || runs.get(runs.size() - 1) != kind) {
          runs.add(kind);
        }
      }
      return runs;
    }
  }
}
