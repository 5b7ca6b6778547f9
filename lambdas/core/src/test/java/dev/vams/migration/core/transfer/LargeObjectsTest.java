package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.TwoStacks.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Objects that one call cannot carry; here these have more than 100 bytes, and parts have 10. */
class LargeObjectsTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final TransferLimits LIMITS = TransferLimits.DEFAULT.withSizes(100, 10);
  private static final StoreError DENIED =
      new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY);
  private static final StoreError SLOW_DOWN =
      new StoreError("SlowDown", "less, please", StoreError.Scope.TRANSIENT);

  private static final StoredObject SCAN =
      StoredObject.of("scan")
          .withChecksum("CRC64NVME", "c")
          .with(
              "STANDARD_IA",
              Map.of("Content-Type", "model/e57", "Cache-Control", "no-cache"),
              Map.of("assetid", "x1"),
              Map.of("team", "blue"));

  private final TwoStacks stacks = new TwoStacks();
  private final List<Tally> heard = new ArrayList<>();
  private Journal journal = stacks.journal();

  @Test
  void justAboveTheThresholdACopyIsTheSameAsJustBelow() {
    stacks.objects().put(ASSETS.from(), "above", SCAN.ofSize(101));
    stacks.objects().put(ASSETS.from(), "below", SCAN.ofSize(100));

    assertThat(copy(Optional.empty(), NEVER))
        .isEqualTo(new CopyStep.Done(new Tally(2, 0, 0, 0, 201)));

    assertThat(stacks.objects().calls(Call.COPY)).isEqualTo(1);
    assertThat(stacks.objects().copiedParts()).isEqualTo(numbers(1, 11));
    StoredObject below = target("below");
    assertThat(target("above")).isEqualTo(below.ofSize(101).uploadedInParts(SCAN.etag() + "-11"));
  }

  @Test
  void anObjectOf200PartsInterruptedAfter50GoesOnWithPart51InTheNextInvocation() {
    stacks.putSource("a", "before");
    stacks.objects().put(ASSETS.from(), "b", SCAN.ofSize(2000));
    stacks.putSource("c", "after");
    // The first time that the deadline is looked at is after the object before.
    CopyStep first = copy(Optional.empty(), after(51));

    CopyCursor cursor = ((CopyStep.Paused) first).cursor();
    assertThat(cursor.position()).isEqualTo(new Position.AfterKey("a"));
    assertThat(cursor.tally()).isEqualTo(Tally.ofCopied(6));
    assertThat(stacks.objects().copiedParts()).isEqualTo(numbers(1, 50));
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a");

    CopyStep second = copy(Optional.of(cursor), NEVER);

    assertThat(second).isEqualTo(new CopyStep.Done(new Tally(3, 0, 0, 0, 2011)));
    assertThat(stacks.objects().copiedParts()).isEqualTo(numbers(1, 200));
    assertThat(stacks.objects().calls(Call.BEGIN)).isEqualTo(1);
    assertThat(target("b").size()).isEqualTo(2000);
    assertThat(stacks.objects().openUploads()).isEmpty();
  }

  @Test
  void whatALargeObjectIsReplacedByWhileItIsCopiedIsCopied() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    StoredObject newer = StoredObject.of("newer scan").ofSize(300);
    stacks
        .objects()
        .before(Call.COPY_PART, 5, () -> stacks.objects().put(ASSETS.from(), "a", newer));

    CopyStep step = copy(Optional.empty(), NEVER);

    assertThat(((CopyStep.Done) step).tally().copied()).isEqualTo(1);
    assertThat(target("a").etag()).isEqualTo(newer.etag() + "-30");
    assertThat(journal.notCarried(10))
        .singleElement()
        .satisfies(lacking -> assertThat(lacking.what()).contains("the target has its content of"));
    assertThat(stacks.objects().openUploads()).isEmpty();
  }

  @Test
  void aWorkerThatIsAlwaysLateCopiesAPartATime() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    CopyStep step = copy(Optional.empty(), () -> true);
    int workers = 1;
    while (step instanceof CopyStep.Paused paused) {
      step = copy(Optional.of(paused.cursor()), () -> true);
      workers++;
    }

    assertThat(workers).isEqualTo(20);
    assertThat(stacks.objects().copiedParts()).isEqualTo(numbers(1, 20));
  }

  @Test
  void eachPartIsHeardOfAndTheObjectIsCountedOnce() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(105));

    copy(Optional.empty(), NEVER);

    assertThat(heard).hasSize(12).startsWith(Tally.ofBytes(10)).endsWith(Tally.ofCopied(0));
    assertThat(heard.stream().reduce(Tally.ZERO, Tally::plus)).isEqualTo(Tally.ofCopied(105));
  }

  @Test
  void whatAKilledWorkerBeganIsContinuedByTheNextRunWhateverItsName() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    stacks.objects().failCall(Call.COPY_PART, 8, SLOW_DOWN);
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> copy(Optional.empty(), NEVER));
    assertThat(stacks.objects().openUploads()).hasSize(1);

    journal = stacks.journal("another-run");
    copy(Optional.empty(), NEVER);

    assertThat(stacks.objects().calls(Call.BEGIN)).isEqualTo(1);
    assertThat(stacks.objects().copiedParts()).isEqualTo(numbers(1, 20));
    assertThat(stacks.objects().openUploads()).isEmpty();
  }

  @Test
  void otherSizesOfPartsDoNotDisturbAnUploadThatIsContinued() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    copy(Optional.empty(), after(5));

    copy(LIMITS.withSizes(100, 70), Optional.empty(), NEVER);

    assertThat(stacks.objects().copiedParts()).isEqualTo(numbers(1, 20));
  }

  @Test
  void theUploadOfASourceThatHasChangedIsAbortedAndBegunAnew() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    CopyStep first = copy(Optional.empty(), after(5));
    stacks.objects().put(ASSETS.from(), "a", StoredObject.of("newer").ofSize(120));

    copy(Optional.of(((CopyStep.Paused) first).cursor()), NEVER);

    assertThat(stacks.objects().calls(Call.ABORT)).isEqualTo(1);
    assertThat(stacks.objects().openUploads()).isEmpty();
    assertThat(target("a").size()).isEqualTo(120);
    assertThat(target("a").etag()).startsWith(StoredObject.of("newer").etag());
  }

  @Test
  void anObjectThatCannotBeCopiedLeavesNoUpload() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    stacks.putSource("b", "small");
    stacks.objects().refuseCopy("a", DENIED);

    assertThat(copy(Optional.empty(), NEVER))
        .isEqualTo(new CopyStep.Done(new Tally(1, 0, 0, 1, 5)));

    assertThat(journal.failures(10)).extracting(Failure::entry).containsExactly("a");
    assertThat(stacks.objects().openUploads()).isEmpty();
    assertThat(journal.upload(ASSETS.to(), "a")).isEmpty();
  }

  @Test
  void anUploadThatCannotBeAbortedIsNamedAndTriedAgain() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    stacks.objects().refuseCopy("a", DENIED);
    stacks.objects().failCall(Call.ABORT, 1, DENIED);

    copy(Optional.empty(), NEVER);

    assertThat(journal.failures(10))
        .singleElement()
        .satisfies(failure -> assertThat(failure.error()).contains("upload-1 cannot be aborted"));
    assertThat(journal.upload(ASSETS.to(), "a")).isPresent();
  }

  @Test
  void anObjectThatCannotBeLookedAtIsAFailureWithoutAnUpload() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    stacks.objects().failCall(Call.PROPERTIES, 1, DENIED);

    assertThat(copy(Optional.empty(), NEVER)).isEqualTo(new CopyStep.Done(Tally.ofFailed()));
    assertThat(stacks.objects().calls(Call.BEGIN)).isZero();
  }

  @Test
  void nobodyElsesUploadIsTouched() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    ObjectCopy foreign =
        new ObjectCopy(
            ASSETS.from(),
            InFlight.await(stacks.objects().list(ASSETS.from(), "", "", 1)).objects().get(0),
            ASSETS.to());
    String upload =
        InFlight.await(
            stacks
                .objects()
                .properties(ASSETS.from(), "a", Optional.empty())
                .thenCompose(properties -> stacks.objects().begin(foreign, properties)));
    stacks.objects().refuseCopy("a", DENIED);
    copy(Optional.empty(), NEVER);
    stacks.objects().allowCopy("a");
    copy(new KeyRange("unit-1", "assets", "", "", ""), LIMITS, Optional.empty(), NEVER);

    assertThat(target("a").size()).isEqualTo(200);
    assertThat(stacks.objects().openUploads()).containsExactly(upload);
  }

  /** A repetition of the worker has completed it; or a rule of the bucket has aborted it. */
  @Test
  void anUploadThatSomebodyElseHasEndedIsTriedAgainFromTheListing() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    stacks
        .objects()
        .failCall(
            Call.COMPLETE,
            1,
            new StoreError(ObjectUploads.NO_SUCH_UPLOAD, "gone", StoreError.Scope.ENTRY));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(Optional.empty(), NEVER))
        .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.TRANSIENT));
    assertThat(journal.upload(ASSETS.to(), "a")).isEmpty();
  }

  @Test
  void anUploadThatHasVanishedIsBegunAnew() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    copy(Optional.empty(), after(5));
    stacks
        .objects()
        .openUploads()
        .forEach(upload -> InFlight.await(stacks.objects().abort(ASSETS.to(), "a", upload)));

    copy(Optional.empty(), NEVER);

    assertThat(stacks.objects().calls(Call.BEGIN)).isEqualTo(2);
    assertThat(target("a").size()).isEqualTo(200);
  }

  @Test
  void aLargeObjectThatIsThereAlreadyIsSkipped() {
    stacks.objects().put(ASSETS.from(), "a", SCAN.ofSize(200));
    copy(Optional.empty(), NEVER);

    CopyStep again =
        copy(new KeyRange("unit-1", "assets", "", "", ""), LIMITS, Optional.empty(), NEVER);

    assertThat(again).isEqualTo(new CopyStep.Done(Tally.ofSkipped()));
    assertThat(stacks.objects().calls(Call.BEGIN)).isEqualTo(1);
    assertThat(stacks.journal().done("unit-1").orElseThrow().digest())
        .isEqualTo(stacks.journal().done("unit-0").orElseThrow().digest());
  }

  private static Deadline after(int looks) {
    AtomicInteger left = new AtomicInteger(looks);
    return () -> left.decrementAndGet() <= 0;
  }

  private static List<Integer> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  private StoredObject target(String key) {
    return stacks.objects().object(ASSETS.to(), key);
  }

  private CopyStep copy(Optional<CopyCursor> cursor, Deadline deadline) {
    return copy(LIMITS, cursor, deadline);
  }

  private CopyStep copy(TransferLimits limits, Optional<CopyCursor> cursor, Deadline deadline) {
    return copy(ALL, limits, cursor, deadline);
  }

  private CopyStep copy(
      KeyRange range, TransferLimits limits, Optional<CopyCursor> cursor, Deadline deadline) {
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            limits.objects(),
            limits,
            (unit, change) -> heard.add(change),
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(journal, plan(IfTargetNotEmpty.OVERWRITE), range, cursor, deadline);
  }
}
