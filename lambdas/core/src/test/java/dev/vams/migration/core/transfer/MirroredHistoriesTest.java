package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.StoreError;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mirror that keeps versions: a deletion adds a delete marker, and no version is lost. */
class MirroredHistoriesTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final Options OPTIONS =
      new Options(Mode.MIGRATE, IfTargetNotEmpty.OVERWRITE, Order.TOGETHER, 1).deletingExtraneous();
  private static final MigrationPlan ALL_VERSIONS = TwoStacks.planOfVersions(OPTIONS);
  private static final MigrationPlan CURRENT = TwoStacks.plan(TwoStacks.schema(OPTIONS, ""));

  private final TwoStacks stacks = new TwoStacks();

  @BeforeEach
  void fill() {
    stacks.keepVersions();
    stacks.putSource("both", "1");
    stacks.putSource("both", "22");
    stacks.putTarget("both", "0000");
    stacks.putTarget("gone", "333");
    stacks.objects().delete(ASSETS.to(), "gone");
    stacks.putTarget("own", "4444");
    stacks.putTarget("own", "55555");
  }

  @Test
  void aKeyThatOnlyTheTargetHasGetsADeleteMarkerAndKeepsItsVersions() {
    CopyStep step = copy("first", ALL_VERSIONS, NEVER);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 0, 3, 0, 0, 1, 0)));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("both");
    assertThat(stacks.histories(ASSETS.to()).get("own")).hasSize(3).endsWith("deleted");
    assertThat(stacks.histories(ASSETS.to()).get("gone")).hasSize(2);
    assertThat(stacks.journal("first").deletions(9)).containsExactly(new Deletion("unit-0", "own"));
    assertThat(stacks.objects().calls(Call.ADD_DELETE_MARKER)).isZero();
  }

  @Test
  void aSecondRunDeletesNothingMore() {
    copy("first", ALL_VERSIONS, NEVER);

    CopyStep step = copy("second", ALL_VERSIONS, NEVER);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(0, 2, 0, 0, 0)));
    assertThat(stacks.histories(ASSETS.to()).get("own")).hasSize(3);
    assertThat(stacks.objects().calls(Call.DELETE)).isEqualTo(1);
  }

  @Test
  void whatIsLeftOfWhatWasIsNotExtraAndWhatWasWrittenSinceIs() {
    copy("first", ALL_VERSIONS, NEVER);
    Comparison mirror = stacks.compared(ALL_VERSIONS);
    stacks.putTarget("own", "again");

    assertThat(mirror.mismatches()).isZero();
    assertThat(mirror.extra()).isZero();
    assertThat(mirror.target().count()).isEqualTo(8);
    assertThat(stacks.compared(ALL_VERSIONS).extra()).isEqualTo(4);
  }

  @Test
  void ofCurrentVersionsAVersionedTargetIsAMirrorToo() {
    CopyStep first = copy("first", CURRENT, NEVER);
    CopyStep second = copy("second", CURRENT, NEVER);

    assertThat(first).isEqualTo(new CopyStep.Done(new Tally(1, 0, 0, 0, 2, 0, 0, 1, 0)));
    assertThat(second).isEqualTo(new CopyStep.Done(new Tally(0, 1, 0, 0, 0)));
    assertThat(stacks.histories(ASSETS.to()).get("own")).hasSize(3).endsWith("deleted");
    assertThat(stacks.compared(CURRENT).mismatches()).isZero();
    assertThat(stacks.compared(CURRENT).extra()).isZero();
  }

  @Test
  void aKeyThatTheSourceHasDeletedIsCopiedAndNotDeleted() {
    stacks.objects().delete(ASSETS.from(), "both");

    CopyStep step = copy("first", ALL_VERSIONS, NEVER);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(3, 0, 0, 0, 3, 0, 1, 1, 0)));
    assertThat(stacks.objects().keys(ASSETS.to())).isEmpty();
  }

  @Test
  void whatCannotBeDeletedIsAFailureWithAdvice() {
    stacks
        .objects()
        .refuseCopy("own", new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY));

    CopyStep step = copy("first", ALL_VERSIONS, NEVER);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 1, 3)));
    assertThat(stacks.journal("first").failures(9))
        .containsExactly(
            new Failure(
                "unit-0",
                "own",
                "not deleted at the target: AccessDenied: no",
                "Allow s3:DeleteObject on the target's objects. " + Advice.RETRY));
  }

  @Test
  void workersThatAreLateDeleteEachKeyOnceAndCountIt() {
    for (int key = 0; key < 30; key++) {
      stacks.putTarget("x" + key, "x");
    }
    AtomicInteger looks = new AtomicInteger();
    CopyStep step;
    do {
      step = copy("first", ALL_VERSIONS, () -> looks.incrementAndGet() % 10 == 0);
    } while (step instanceof CopyStep.Paused);

    assertThat(((CopyStep.Done) step).tally().deleted()).isEqualTo(31);
    assertThat(stacks.journal("first").deletions(99)).doesNotHaveDuplicates().hasSize(31);
    assertThat(stacks.objects().calls(Call.DELETE)).isEqualTo(31);
  }

  private CopyStep copy(String run, MigrationPlan plan, Deadline deadline) {
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            new AimdWindow(4, 4),
            TransferLimits.DEFAULT,
            (unit, change) -> {},
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(stacks.journal(run), plan, ALL, Optional.empty(), deadline);
  }
}
