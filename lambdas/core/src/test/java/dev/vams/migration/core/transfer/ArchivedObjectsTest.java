package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.LeftArchived;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoredObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that nobody can read before they are restored. */
class ArchivedObjectsTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final Duration QUARTER = Duration.ofMinutes(15);

  /** What has more than this is copied in parts. */
  private static final long LARGEST_COPY = 100;

  private final TwoStacks stacks = new TwoStacks();

  @BeforeEach
  void fill() {
    stacks.putSource("a", "plain");
    put("b", "GLACIER", 7);
    put("c", "DEEP_ARCHIVE", 7);
    put("d", "GLACIER_IR", 7);
  }

  @Test
  void failBooksThemWithAdviceAndAsksNothingOfS3() {
    CopyStep step = copy(IfArchived.FAIL, Optional.empty());

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 2, 12)));
    assertThat(stacks.journal().failures(9))
        .containsExactly(failure("b", "GLACIER"), failure("c", "DEEP_ARCHIVE"));
    assertThat(stacks.objects().calls(Call.COPY)).isEqualTo(2);
    assertThat(stacks.objects().calls(Call.RESTORE)).isZero();
  }

  @Test
  void skipLeavesThemAndWritesThemDown() {
    stacks.objects().moveToArchiveTier(ASSETS.from(), "t");
    put("t", "INTELLIGENT_TIERING", 7);

    CopyStep step = copy(IfArchived.SKIP_AND_REPORT, Optional.empty());

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 0, 12, 0, 0, 0, 3)));
    assertThat(stacks.journal().archived(9))
        .containsExactlyInAnyOrder(
            new LeftArchived("unit-0", "b", "GLACIER"),
            new LeftArchived("unit-0", "c", "DEEP_ARCHIVE"),
            new LeftArchived("unit-0", "t", "INTELLIGENT_TIERING"));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a", "d");
    assertThat(stacks.objects().calls(Call.RESTORE)).isZero();
  }

  @Test
  void whatSomebodyHasRestoredIsCopied() {
    stacks.objects().finishRestore(ASSETS.from(), "b");

    assertThat(copy(IfArchived.SKIP_AND_REPORT, Optional.empty()))
        .isEqualTo(new CopyStep.Done(new Tally(3, 0, 0, 0, 19, 0, 0, 0, 1)));
  }

  @Test
  void restoreAsksForAllCopiesTheRestAndWaits() {
    CopyStep.Paused paused = (CopyStep.Paused) copy(IfArchived.RESTORE, Optional.empty());

    assertThat(paused.delay()).isEqualTo(QUARTER);
    assertThat(paused.cursor().position()).isEqualTo(new Position.AfterRestored("a"));
    assertThat(paused.cursor().tally()).isEqualTo(new Tally(2, 0, 0, 0, 12));
    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(2);
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a", "d");
  }

  @Test
  void whatIsRestoredIsCopiedOnceWithItsStorageClassAndTheBooksAreRight() {
    CopyCursor first = cursor(copy(IfArchived.RESTORE, Optional.empty()));
    CopyCursor still = cursor(copy(IfArchived.RESTORE, Optional.of(first)));
    stacks.objects().finishRestore(ASSETS.from(), "b");
    CopyCursor second = cursor(copy(IfArchived.RESTORE, Optional.of(still)));
    stacks.objects().finishRestore(ASSETS.from(), "c");
    CopyStep last = copy(IfArchived.RESTORE, Optional.of(second));

    assertThat(still.position()).isEqualTo(first.position());
    assertThat(second.position()).isEqualTo(new Position.AfterRestored("b"));
    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(4, 0, 0, 0, 26)));
    assertThat(stacks.objects().calls(Call.COPY)).isEqualTo(4);
    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(2);
    assertThat(stacks.objects().object(ASSETS.to(), "b").storageClass()).isEqualTo("GLACIER");
    assertThat(stacks.journal().done("unit-0"))
        .map(DoneMarker::digest)
        .hasValueSatisfying(digest -> assertThat(digest.count()).isEqualTo(4));
  }

  @Test
  void anObjectInAnArchiveTierIsFoundByItsRefusalAndCopiedWhenReady() {
    stacks.objects().delete(ASSETS.from(), "b");
    stacks.objects().delete(ASSETS.from(), "c");
    put("t", "INTELLIGENT_TIERING", 7);
    put("u", "INTELLIGENT_TIERING", 7);
    stacks.objects().moveToArchiveTier(ASSETS.from(), "t");

    CopyStep.Paused paused = (CopyStep.Paused) copy(IfArchived.RESTORE, Optional.empty());
    stacks.objects().finishRestore(ASSETS.from(), "t");
    CopyStep last = copy(IfArchived.RESTORE, Optional.of(paused.cursor()));

    assertThat(paused.delay()).isEqualTo(QUARTER);
    assertThat(paused.cursor().tally().copied()).isEqualTo(3);
    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(4, 0, 0, 0, 26)));
    assertThat(stacks.journal().done("unit-0").orElseThrow().digest().count()).isEqualTo(4);
  }

  @Test
  void aTieredObjectThatCanBeReadIsCopiedOnceThoughNothingButItsSizeCanBeCompared() {
    stacks.objects().delete(ASSETS.from(), "b");
    stacks.objects().delete(ASSETS.from(), "c");
    stacks
        .objects()
        .put(
            ASSETS.from(),
            "t",
            StoredObject.of("t")
                .ofSize(LARGEST_COPY + 1)
                .uploadedInParts("own-7")
                .with("INTELLIGENT_TIERING", Map.of(), Map.of(), Map.of()));

    CopyStep step = copy(IfArchived.RESTORE, Optional.empty());

    assertThat(((CopyStep.Done) step).tally().copied()).isEqualTo(3);
    assertThat(stacks.objects().calls(Call.COMPLETE)).isEqualTo(1);
    assertThat(stacks.journal().done("unit-0").orElseThrow().digest().count()).isEqualTo(3);
  }

  @Test
  void aRestoreThatIsRefusedIsOneFailureAndTheOthersGoOn() {
    stacks
        .objects()
        .refuseRestore("b", new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY));
    CopyCursor first = cursor(copy(IfArchived.RESTORE, Optional.empty()));
    stacks.objects().finishRestore(ASSETS.from(), "c");

    CopyStep last = copy(IfArchived.RESTORE, Optional.of(first));

    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(3, 0, 0, 1, 19)));
    assertThat(stacks.journal().failures(9))
        .containsExactly(
            new Failure(
                "unit-0",
                "b",
                "not restored: AccessDenied: no",
                "Allow s3:RestoreObject on the source's objects. " + Advice.RETRY));
  }

  @Test
  void whatTheTargetHasAlreadyIsNotRestored() {
    for (String key : new String[] {"b", "c"}) {
      stacks
          .objects()
          .put(
              ASSETS.to(),
              key,
              stacks.objects().object(ASSETS.from(), key).writtenAt(stacks.clock().instant()));
    }

    assertThat(copy(IfArchived.RESTORE, Optional.empty()))
        .isEqualTo(new CopyStep.Done(new Tally(2, 2, 0, 0, 12)));
    assertThat(stacks.objects().calls(Call.RESTORE)).isZero();
  }

  @Test
  void aLargeArchivedObjectIsCopiedInPartsWhenItIsRestored() {
    put("large", "GLACIER", LARGEST_COPY + 1);
    for (String key : new String[] {"b", "c"}) {
      stacks.objects().delete(ASSETS.from(), key);
    }

    CopyCursor first = cursor(copy(IfArchived.RESTORE, Optional.empty()));
    stacks.objects().finishRestore(ASSETS.from(), "large");
    CopyStep last = copy(IfArchived.RESTORE, Optional.of(first));

    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(1);
    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(3, 0, 0, 0, 12 + LARGEST_COPY + 1)));
    assertThat(stacks.objects().openUploads()).isEmpty();
    assertThat(stacks.objects().object(ASSETS.to(), "large").storageClass()).isEqualTo("GLACIER");
  }

  @Test
  void aWorkerThatIsLateOnTheSecondWayHandsOverAtOnce() {
    CopyCursor first = cursor(copy(IfArchived.RESTORE, Optional.empty()));
    stacks.objects().finishRestore(ASSETS.from(), "b");
    stacks.objects().finishRestore(ASSETS.from(), "c");

    CopyStep.Paused late =
        (CopyStep.Paused) copy(IfArchived.RESTORE, Optional.of(first), () -> true);

    assertThat(late.delay()).isZero();
    assertThat(copy(IfArchived.RESTORE, Optional.of(late.cursor())))
        .isEqualTo(new CopyStep.Done(new Tally(4, 0, 0, 0, 26)));
  }

  private void put(String key, String storageClass, long size) {
    stacks
        .objects()
        .put(
            ASSETS.from(),
            key,
            StoredObject.of(key).ofSize(size).with(storageClass, Map.of(), Map.of(), Map.of()));
  }

  private static Failure failure(String key, String storageClass) {
    StoreError error = StoreError.archived(storageClass);
    return new Failure("unit-0", key, error.line(), Advice.forObject(error));
  }

  private static CopyCursor cursor(CopyStep step) {
    return ((CopyStep.Paused) step).cursor();
  }

  private CopyStep copy(IfArchived policy, Optional<CopyCursor> cursor) {
    return copy(policy, cursor, NEVER);
  }

  private CopyStep copy(IfArchived policy, Optional<CopyCursor> cursor, Deadline deadline) {
    Options options =
        new Options(Mode.MIGRATE, IfTargetNotEmpty.OVERWRITE, Order.TOGETHER, 1)
            .with(policy, Restore.DEFAULT);
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            new AimdWindow(4, 4),
            TransferLimits.DEFAULT.withSizes(LARGEST_COPY, 40),
            (unit, change) -> {},
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(
            stacks.journal(), TwoStacks.plan(TwoStacks.schema(options, "")), ALL, cursor, deadline);
  }
}
