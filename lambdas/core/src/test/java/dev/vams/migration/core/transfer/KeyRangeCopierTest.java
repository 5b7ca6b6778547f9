package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.TwoStacks.plan;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.MERGE;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRangeCopierTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final StoreError ACCESS_DENIED =
      new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY);

  private final TwoStacks stacks = new TwoStacks();
  private final List<Tally> heard = new ArrayList<>();
  private TransferListener listener = (unit, change) -> heard.add(change);

  @Test
  void copiesWhatTheTargetHasNot() {
    stacks.putSource("a", "12345");
    stacks.putSource("b/c", "678");

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 0, 8)));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a", "b/c");
    assertThat(stacks.journal().done("unit-0"))
        .get()
        .extracting(DoneMarker::run, DoneMarker::tally)
        .containsExactly(TwoStacks.RUN, new Tally(2, 0, 0, 0, 8));
  }

  @Test
  void anEmptyRangeIsDoneAtOnce() {
    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(Tally.ZERO));
    assertThat(stacks.journal().done("unit-0").orElseThrow().digest()).isEqualTo(DigestSum.ZERO);
  }

  @Test
  void copiesOnlyItsRange() {
    for (String key : List.of("a", "b", "c", "d")) {
      stacks.putSource(key, "x");
    }

    copy(new KeyRange("unit-1", "assets", "", "a", "c"), FAIL, Optional.empty(), NEVER);

    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("b", "c");
  }

  @Test
  void skipsWhatIsThereAlreadyWithoutARequestForEach() {
    stacks.putSource("a", "same");
    stacks.putTarget("a", "same");

    assertThat(copy(OVERWRITE)).isEqualTo(new CopyStep.Done(Tally.ofSkipped()));
    assertThat(stacks.objects().calls(Call.COPY)).isZero();
    assertThat(stacks.objects().calls(Call.FINGERPRINT)).isZero();
  }

  @Test
  void aSecondRunCopiesNothing() {
    stacks.putSource("a", "x");
    copy(FAIL);
    copy(FAIL);

    assertThat(stacks.objects().calls(Call.COPY)).isEqualTo(1);
  }

  @Test
  void leavesWhatOnlyTheTargetHas() {
    stacks.putTarget("only-here", "x");

    assertThat(copy(OVERWRITE)).isEqualTo(new CopyStep.Done(Tally.ZERO));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("only-here");
  }

  @Test
  void overwritesWhatDiffers() {
    stacks.putSource("a", "new");
    stacks.putTarget("a", "old");

    assertThat(copy(OVERWRITE)).isEqualTo(new CopyStep.Done(Tally.ofCopied(3)));
    assertThat(stacks.objects().object(ASSETS.to(), "a").etag())
        .isEqualTo(StoredObject.of("new").etag());
  }

  @Test
  void mergeKeepsWhatDiffers() {
    stacks.putSource("a", "new");
    stacks.putTarget("a", "old");

    assertThat(copy(MERGE)).isEqualTo(new CopyStep.Done(Tally.ofKept()));
    assertThat(stacks.objects().object(ASSETS.to(), "a").etag())
        .isEqualTo(StoredObject.of("old").etag());
  }

  @Test
  void aRefusedObjectIsRecordedWithAdviceAndTheOthersGoOn() {
    stacks.putSource("a", "x");
    stacks.putSource("b", "x");
    stacks.putSource("c", "x");
    stacks.objects().refuseCopy("b", ACCESS_DENIED);

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 1, 2)));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a", "c");
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.entry()).isEqualTo("b");
              assertThat(failure.error()).isEqualTo("AccessDenied: no");
              assertThat(failure.advice()).contains("s3:GetObjectTagging").contains("retryOf");
            });
  }

  @Test
  void whatAnObjectIsReplacedByWhileItIsCopiedIsCopied() {
    stacks.putSource("a", "old");
    stacks.objects().before(Call.COPY, 1, () -> stacks.putSource("a", "newer"));

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(new Tally(1, 0, 0, 0, 5, 1, 0, 0, 0)));

    assertThat(stacks.objects().object(ASSETS.to(), "a").etag())
        .isEqualTo(StoredObject.of("newer").etag());
    assertThat(stacks.journal().notCarried(10))
        .singleElement()
        .satisfies(lacking -> assertThat(lacking.what()).contains("the target has its content of"));
    DigestSum copied = stacks.journal().done("unit-0").orElseThrow().digest();
    copy(new KeyRange("other", "assets", "", "", ""), OVERWRITE, Optional.empty(), () -> false);
    assertThat(copied)
        .as("that of a source with the newer content")
        .isEqualTo(stacks.journal().done("other").orElseThrow().digest());
  }

  @Test
  void anObjectThatIsReplacedTwiceFails() {
    stacks.putSource("a", "old");
    stacks.objects().before(Call.COPY, 1, () -> stacks.putSource("a", "newer"));
    stacks.objects().before(Call.COPY, 2, () -> stacks.putSource("a", "newest"));

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(Tally.ofFailed()));
    assertThat(failures())
        .singleElement()
        .extracting(Failure::error)
        .asString()
        .startsWith("PreconditionFailed");
  }

  @Test
  void anObjectThatIsDeletedAfterItWasListedFails() {
    stacks.putSource("a", "old");
    stacks.objects().before(Call.COPY, 1, () -> stacks.objects().delete(ASSETS.from(), "a"));

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(Tally.ofFailed()));
  }

  @Test
  void everyRefusalHasAdviceOfItsOwn() {
    assertThat(List.of("AccessDenied", "InvalidObjectState", "PreconditionFailed", "NoSuchKey"))
        .map(code -> Advice.forObject(new StoreError(code, "", StoreError.Scope.ENTRY)))
        .doesNotHaveDuplicates()
        .allMatch(advice -> advice.endsWith(Advice.RETRY));
    assertThat(Advice.forObject(new StoreError("Other", "", StoreError.Scope.ENTRY)))
        .isEqualTo(Advice.RETRY);
    assertThat(Advice.forVersion(new StoreError("NoSuchVersion", "", StoreError.Scope.ENTRY)))
        .contains("lifecycle rule")
        .endsWith(Advice.RETRY);
  }

  /**
   * A copy that is under way at the deadline may be long, so the deadline is looked at every key.
   */
  @Test
  void looksAtTheDeadlineAtEveryKey() {
    putNumbered(3);

    assertThat(paused(copy(ALL, FAIL, Optional.empty(), () -> true)).position())
        .isEqualTo(new Position.AfterKey("k00000"));
  }

  @Test
  void aCheckpointBeatsAnOlderCursor() {
    putNumbered(30);
    CopyCursor old = paused(copy(ALL, FAIL, Optional.empty(), after(10)));
    copy(ALL, FAIL, Optional.of(old), after(10));
    int copied = stacks.objects().calls(Call.COPY);

    CopyStep step = copy(ALL, FAIL, Optional.of(old), NEVER);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(30, 0, 0, 0, 30)));
    assertThat(stacks.objects().calls(Call.COPY) - copied).isEqualTo(10);
  }

  /** So many copies from now. */
  private Deadline after(int keys) {
    int end = stacks.objects().calls(Call.COPY) + keys;
    return () -> stacks.objects().calls(Call.COPY) >= end;
  }

  @Test
  void pausesAtTheDeadlineAndTheNextWorkerGoesOnThere() {
    putNumbered(2500);

    CopyCursor first = paused(copy(ALL, FAIL, Optional.empty(), after(1000)));
    CopyCursor second = paused(copy(ALL, FAIL, Optional.of(first), after(1000)));
    CopyStep last = copy(ALL, FAIL, Optional.of(second), NEVER);

    assertThat(first.position()).isEqualTo(new Position.AfterKey("k00999"));
    assertThat(first.tally().copied()).isEqualTo(1000);
    assertThat(second.position()).isEqualTo(new Position.AfterKey("k01999"));
    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(2500, 0, 0, 0, 2500)));
    assertThat(stacks.objects().calls(Call.COPY)).isEqualTo(2500);
  }

  @Test
  void theDigestDoesNotDependOnHowOftenTheWorkIsInterrupted() {
    putNumbered(2500);
    Optional<CopyCursor> cursor = Optional.empty();
    CopyStep step = copy(ALL, FAIL, cursor, () -> true);
    while (step instanceof CopyStep.Paused paused) {
      step = copy(ALL, FAIL, Optional.of(paused.cursor()), () -> true);
    }
    DigestSum interrupted = stacks.journal().done("unit-0").orElseThrow().digest();
    KeyRange other = new KeyRange("other", "assets", "", "", "");

    copy(other, FAIL, Optional.empty(), NEVER);

    assertThat(stacks.journal().done("other").orElseThrow().digest()).isEqualTo(interrupted);
    assertThat(interrupted.count()).isEqualTo(2500);
  }

  @Test
  void writesACheckpointWhenTheClockSaysSo() {
    putNumbered(3500);
    listener = (unit, change) -> stacks.clock().advance(Duration.ofMillis(4));

    copy(FAIL);

    // A copy takes 4 milliseconds, so the interval of 5 seconds has passed after 1,250 and 2,500.
    assertThat(stacks.work().written().stream().filter(key -> key.contains("/checkpoints/")))
        .hasSize(2);
    assertThat(stacks.journal().checkpoint("unit-0").orElseThrow().position())
        .isEqualTo(new Position.AfterKey("k02499"));
  }

  @Test
  void aWorkerWithoutACursorGoesOnAtTheCheckpoint() {
    putNumbered(2500);
    copy(ALL, FAIL, Optional.empty(), after(1000));
    int copied = stacks.objects().calls(Call.COPY);
    stacks.objects().delete(ASSETS.to(), "k00000");

    CopyStep step = copy(FAIL);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(2500, 0, 0, 0, 2500)));
    assertThat(stacks.objects().calls(Call.COPY) - copied).isEqualTo(1500);
    assertThat(stacks.objects().object(ASSETS.to(), "k00000"))
        .as("what lies before the checkpoint is not looked at again")
        .isNull();
  }

  @Test
  void failuresOfAStoppedWorkerAreNotCountedTwice() {
    putNumbered(2500);
    stacks.objects().refuseCopy("k00001", ACCESS_DENIED);
    stacks.objects().refuseCopy("k01001", ACCESS_DENIED);
    CopyCursor cursor = paused(copy(ALL, FAIL, Optional.empty(), () -> true));
    copy(ALL, FAIL, Optional.of(cursor), () -> true);

    copy(ALL, FAIL, Optional.of(cursor), NEVER);

    assertThat(failures()).extracting(Failure::entry).containsExactly("k00001", "k01001");
    assertThat(stacks.journal().done("unit-0").orElseThrow().tally().failed()).isEqualTo(2);
  }

  @Test
  void aBucketThatCannotBeUsedStopsTheUnit() {
    stacks.putSource("a", "x");
    stacks.putSource("b", "x");
    StoreError gone = new StoreError("NoSuchBucket", "gone", StoreError.Scope.UNIT);
    stacks.objects().failCall(Call.COPY, 1, gone);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(FAIL))
        .satisfies(e -> assertThat(e.error()).isEqualTo(gone));
    assertThat(stacks.journal().done("unit-0")).isEmpty();
  }

  @Test
  void anErrorWhileFingerprintsAreComparedStopsTheUnit() {
    stacks.putSource("a", "xx");
    stacks.putTarget("a", "yy");
    StoreError throttled = new StoreError("SlowDown", "slow", StoreError.Scope.TRANSIENT);
    stacks.objects().failCall(Call.FINGERPRINT, 2, throttled);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(OVERWRITE))
        .satisfies(e -> assertThat(e.error()).isEqualTo(throttled));
  }

  @Test
  void tellsTheListenerOfEachObject() {
    stacks.putSource("a", "12345");
    stacks.putSource("b", "x");
    stacks.putTarget("b", "x");

    copy(OVERWRITE);

    assertThat(heard).containsExactly(Tally.ofCopied(5), Tally.ofSkipped());
  }

  private void putNumbered(int count) {
    for (int i = 0; i < count; i++) {
      stacks.putSource("k%05d".formatted(i), "x");
    }
  }

  private CopyStep copy(IfTargetNotEmpty policy) {
    return copy(ALL, policy, Optional.empty(), NEVER);
  }

  private CopyStep copy(
      KeyRange range, IfTargetNotEmpty policy, Optional<CopyCursor> cursor, Deadline deadline) {
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            TransferLimits.DEFAULT.objects(),
            TransferLimits.DEFAULT,
            listener,
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(stacks.journal(), plan(policy), range, cursor, deadline);
  }

  private List<Failure> failures() {
    return stacks.journal().failures(100).toList();
  }

  private static CopyCursor paused(CopyStep step) {
    return ((CopyStep.Paused) step).cursor();
  }
}
