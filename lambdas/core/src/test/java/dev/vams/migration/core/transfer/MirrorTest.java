package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.MERGE;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A target that is to hold what its source does, and nothing else. */
class MirrorTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;

  private final TwoStacks stacks = new TwoStacks();
  private final List<Tally> heard = new ArrayList<>();

  @Test
  void deletesWhatOnlyTheTargetHasAndWritesItDown() {
    stacks.putSource("b", "same");
    stacks.putTarget("a", "1");
    stacks.putTarget("b", "same");
    stacks.putTarget("c", "3");

    CopyStep step = copy(ALL, OVERWRITE, Optional.empty(), NEVER);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(0, 1, 0, 0, 0, 0, 0, 2, 0)));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("b");
    assertThat(stacks.journal().deletions(9))
        .containsExactlyInAnyOrder(new Deletion("unit-0", "a"), new Deletion("unit-0", "c"));
    assertThat(heard).hasSize(3);
  }

  @Test
  void deletesOnlyInItsRange() {
    for (String key : List.of("a", "b", "c", "d")) {
      stacks.putTarget(key, "x");
    }

    copy(new KeyRange("unit-1", "assets", "", "a", "c"), OVERWRITE, Optional.empty(), NEVER);

    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a", "d");
  }

  @Test
  void mergeDeletesAndStillKeepsWhatDiffers() {
    stacks.putSource("a", "new");
    stacks.putTarget("a", "old");
    stacks.putTarget("b", "x");

    assertThat(copy(ALL, MERGE, Optional.empty(), NEVER))
        .isEqualTo(new CopyStep.Done(new Tally(0, 0, 1, 0, 0, 0, 0, 1, 0)));
  }

  @Test
  void whatCannotBeDeletedIsAFailureWithAdviceAndTheOthersGoOn() {
    stacks.putTarget("a", "x");
    stacks.putTarget("b", "x");
    stacks.objects().refuseCopy("a", new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY));

    CopyStep step = copy(ALL, OVERWRITE, Optional.empty(), NEVER);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(0, 0, 0, 1, 0, 0, 0, 1, 0)));
    assertThat(stacks.journal().failures(9))
        .containsExactly(
            new Failure(
                "unit-0",
                "a",
                "not deleted at the target: AccessDenied: no",
                "Allow s3:DeleteObject on the target's objects. " + Advice.RETRY));
  }

  @Test
  void aBucketThatCannotBeUsedStopsTheUnit() {
    stacks.putTarget("a", "x");
    stacks
        .objects()
        .failCall(Call.DELETE, 1, new StoreError("NoSuchBucket", "", StoreError.Scope.UNIT));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(ALL, OVERWRITE, Optional.empty(), NEVER));
  }

  @Test
  void nothingIsDeletedWhileTheSourceCannotBeListed() {
    stacks.putTarget("a", "x");
    stacks
        .objects()
        .failCall(Call.LIST, 1, new StoreError("SlowDown", "", StoreError.Scope.TRANSIENT));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(ALL, OVERWRITE, Optional.empty(), NEVER));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a");
  }

  @Test
  void theNextWorkerGoesOnCounting() {
    for (int i = 0; i < 30; i++) {
      stacks.putTarget("k%02d".formatted(i), "x");
    }
    AtomicInteger looks = new AtomicInteger();
    CopyStep first = copy(ALL, OVERWRITE, Optional.empty(), () -> looks.incrementAndGet() >= 10);
    CopyCursor cursor = ((CopyStep.Paused) first).cursor();

    CopyStep last = copy(ALL, OVERWRITE, Optional.of(cursor), NEVER);

    assertThat(cursor.tally().deleted()).isEqualTo(10);
    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(0, 0, 0, 0, 0, 0, 0, 30, 0)));
    assertThat(stacks.journal().deletions(99)).hasSize(30);
  }

  @Test
  void aSecondPassCostsListingsAndWhatChanged() {
    for (int i = 0; i < 50; i++) {
      stacks.putSource("k%02d".formatted(i), "x");
    }
    copy(ALL, OVERWRITE, Optional.empty(), NEVER);
    stacks.objects().delete(ASSETS.from(), "k07");
    stacks.putSource("k08", "changed");
    stacks.putSource("new", "x");
    int lists = stacks.objects().calls(Call.LIST);
    int copies = stacks.objects().calls(Call.COPY);

    new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            new AimdWindow(4, 4),
            TransferLimits.DEFAULT,
            (unit, change) -> {},
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(
            stacks.journal("second"),
            TwoStacks.plan(schemaOf(OVERWRITE)),
            ALL,
            Optional.empty(),
            NEVER);

    assertThat(stacks.objects().keys(ASSETS.to())).isEqualTo(stacks.objects().keys(ASSETS.from()));
    assertThat(stacks.objects().calls(Call.LIST) - lists).isEqualTo(2);
    assertThat(stacks.objects().calls(Call.COPY) - copies).isEqualTo(2);
    assertThat(stacks.objects().calls(Call.DELETE)).isEqualTo(1);
    assertThat(stacks.objects().calls(Call.FINGERPRINT)).isZero();
  }

  private static MigrationSchema schemaOf(IfTargetNotEmpty policy) {
    return TwoStacks.schema(
        new Options(Mode.MIGRATE, policy, Order.TOGETHER, 1).deletingExtraneous(), "");
  }

  private CopyStep copy(
      KeyRange range, IfTargetNotEmpty policy, Optional<CopyCursor> cursor, Deadline deadline) {
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            new AimdWindow(4, 4),
            TransferLimits.DEFAULT,
            (unit, change) -> heard.add(change),
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(stacks.journal(), TwoStacks.plan(schemaOf(policy)), range, cursor, deadline);
  }
}
