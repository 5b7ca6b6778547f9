package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.MERGE;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.inventory.SplitLimits;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.SortedVersionMap;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.journal.VersionMap;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryCopierTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final String DELETED = "";
  private static final StoreError LOST =
      new StoreError("SdkClientException", "no answer", StoreError.Scope.TRANSIENT);
  private static final StoreError DENIED =
      new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY);

  private TwoStacks stacks = new TwoStacks();
  private final RecordingPause pause = new RecordingPause();
  private TransferLimits limits = TransferLimits.DEFAULT;

  @BeforeEach
  void keepVersions() {
    stacks.keepVersions();
  }

  @Test
  void copiesAllVersionsAndDeleteMarkersInTheirOrder() {
    write("a", "one", "two", DELETED, "three");
    write("b", DELETED, DELETED, "x", DELETED);

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(new Tally(8, 0, 0, 0, 12, 0, 4, 0, 0)));

    assertEqualHistories();
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a");
    assertThat(verified().mismatches()).isZero();
  }

  @Test
  void aSecondRunAddsNothing() {
    write("a", "one", "same", "same", DELETED, DELETED, "three");
    copy(FAIL);
    int calls = writes();

    assertThat(copy("run-2", FAIL)).isEqualTo(new CopyStep.Done(new Tally(0, 6, 0, 0, 0)));

    assertThat(writes()).isEqualTo(calls);
    assertEqualHistories();
    assertCompleteMap("run-2");
  }

  @Test
  void aSecondRunAddsWhatWasWrittenSince() {
    write("a", "one", "two");
    copy(FAIL);
    write("a", DELETED, "three");

    assertThat(copy("run-2", FAIL))
        .isEqualTo(new CopyStep.Done(new Tally(2, 2, 0, 0, 5, 0, 1, 0, 0)));

    assertEqualHistories();
    assertCompleteMap("run-2");
  }

  @Test
  void fiveThousandKeysOfUpToSixVersionsAreTheSameAfterwardsAndASecondRunAddsNothing() {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      stacks = new TwoStacks(threads);
      stacks.keepVersions();
      Random random = new Random(25);
      for (int key = 0; key < 5000; key++) {
        int versions = 1 + random.nextInt(6);
        for (int version = 0; version < versions; version++) {
          write("key-" + key, List.of("", "1", "22", "333").get(random.nextInt(4)));
        }
      }

      Tally first = ((CopyStep.Done) copy(FAIL)).tally();

      assertEqualHistories();
      assertCompleteMap(TwoStacks.RUN);
      int calls = writes();
      assertThat(calls).isEqualTo((int) first.copied());
      Tally second = ((CopyStep.Done) copy("run-2", FAIL)).tally();
      assertThat(second).isEqualTo(new Tally(0, first.copied(), 0, 0, 0));
      assertThat(writes()).isEqualTo(calls);
      assertEqualHistories();
      Comparison found = verified();
      assertThat(found.mismatches()).isZero();
      assertThat(found.sourceDeleteMarkers()).isEqualTo(first.deleteMarkers());
      assertThat(found.targetDeleteMarkers()).isEqualTo(first.deleteMarkers());
      assertThat(found.source().count()).isEqualTo(first.copied());
      assertThat(found.target().count()).isEqualTo(first.copied());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatAKilledWorkerHasWrittenIsNotWrittenAgain() {
    for (int key = 0; key < 50; key++) {
      write("key-" + key, "one", DELETED, "two", "three");
    }
    stacks
        .objects()
        .failCall(Call.COPY, 70, new StoreError("NoSuchBucket", "gone", StoreError.Scope.UNIT));

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> copy(FAIL));
    copy(FAIL);

    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
    assertThat(verified().mismatches()).isZero();
  }

  @Test
  void aVersionWhoseAnswerWasLostIsNotWrittenTwice() {
    write("a", "one", "one", DELETED, DELETED, "two");
    stacks.objects().loseAnswer(Call.COPY, 2, LOST);
    stacks.objects().loseAnswer(Call.ADD_DELETE_MARKER, 1, LOST);
    stacks.objects().failCall(Call.COPY, 3, LOST);

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(new Tally(5, 0, 0, 0, 9, 0, 2, 0, 0)));

    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
  }

  @Test
  void aKilledWorkersCallThatTakesEffectLateWritesNothingTwice() {
    write("a", "one", "two", DELETED, "three");
    ObjectVersion two = stacks.objects().history(ASSETS.from(), "a").get(1);
    // The killed worker has begun to copy the second version; that ends when the next one comes to
    // it.
    stacks
        .objects()
        .before(
            Call.COPY,
            2,
            () ->
                InFlight.await(
                    stacks
                        .objects()
                        .copy(new ObjectCopy(ASSETS.from(), two.object(), ASSETS.to()))));

    copy(FAIL);

    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
  }

  @Test
  void behindAVersionOfSomebodyElseNothingIsWritten() {
    write("a", "one", "two", "three");
    stacks
        .objects()
        .before(
            Call.COPY, 2, () -> stacks.objects().put(ASSETS.to(), "a", StoredObject.of("other")));

    Tally tally = ((CopyStep.Done) copy(FAIL)).tally();

    assertThat(tally.copied()).isEqualTo(1);
    assertThat(tally.failed()).isEqualTo(2);
    assertThat(stacks.journal().failures(1))
        .extracting(Failure::error)
        .containsExactly(
            "AnotherVersion: somebody else has written this key at the target meanwhile");
  }

  @Test
  void aBucketWhoseVersioningIsSuspendedMeanwhileStopsTheRun() {
    write("a", "one", "two");
    stacks.objects().before(Call.COPY, 1, () -> stacks.objects().suspendVersioning(ASSETS.to()));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(FAIL))
        .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.RUN))
        .withMessageContaining("stopped keeping versions");
  }

  @Test
  void anOlderObjectOfTheSameSizeIsNoCopyWhereNothingElseCanBeCompared() {
    putInParts(ASSETS.to(), "own");
    stacks.clock().advance(Duration.ofHours(1));
    putInParts(ASSETS.from(), "new");

    copy(OVERWRITE);

    assertThat(stacks.objects().history(ASSETS.to(), "a")).hasSize(2);
  }

  @Test
  void aWorkerThatStopsInTheMiddleOfKeysLeavesThemToTheNextOne() {
    for (int key = 0; key < 20; key++) {
      write("key-%02d".formatted(key), "one", DELETED, "two", "three", DELETED);
    }
    assertStopsManyTimesAndEndsWhole();
  }

  @Test
  void aHistoryThatDoesNotFitInMemoryIsCopiedAPageAtATime() {
    write("a", "before");
    for (int version = 0; version < 2500; version++) {
      write("long", version % 7 == 3 ? DELETED : "v" + version);
    }
    write("long/er", "beside");
    write("z", "after");

    assertThat(((CopyStep.Done) copy(FAIL)).tally().copied()).isEqualTo(2503);

    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
    assertThat(verified().mismatches()).isZero();
    int calls = writes();
    copy("run-2", OVERWRITE);
    assertThat(writes()).isEqualTo(calls);
  }

  @Test
  void aLongHistoryIsCopiedByManyWorkers() {
    write("a", "before");
    for (int version = 0; version < 1005; version++) {
      write("long", version % 7 == 3 ? DELETED : "v" + version);
    }
    write("z", "after");
    AtomicInteger looks = new AtomicInteger();
    Optional<CopyCursor> cursor = Optional.empty();
    CopyStep step = copy(ALL, FAIL, cursor, () -> looks.incrementAndGet() % 400 == 0);
    int workers = 1;
    while (step instanceof CopyStep.Paused paused) {
      step =
          copy(ALL, FAIL, Optional.of(paused.cursor()), () -> looks.incrementAndGet() % 400 == 0);
      workers++;
    }

    assertThat(workers).isGreaterThan(2);
    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
    assertBooksAreThoseOfTheComparison();
  }

  @Test
  void theBooksOfManyVersionsAreWrittenDownAPartAtATime() {
    for (int key = 0; key < 10; key++) {
      for (int version = 0; version < 500; version++) {
        write("long name ".repeat(50) + key, DELETED);
      }
    }

    copy(FAIL);

    assertThat(stacks.work().written())
        .filteredOn(key -> key.contains("versions/unit-0/"))
        .hasSize(8);
  }

  @Test
  void aLargeVersionIsCopiedInPartsAtItsPlace() {
    limits = TransferLimits.DEFAULT.withSizes(100, 10);
    write("a", "one");
    stacks.objects().put(ASSETS.from(), "a", StoredObject.of("scan").ofSize(205));
    write("a", DELETED, "two");

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(new Tally(4, 0, 0, 0, 211, 0, 1, 0, 0)));

    assertEqualHistories();
    assertThat(stacks.objects().copiedParts()).hasSize(21);
    assertCompleteMap(TwoStacks.RUN);
    int calls = writes();
    copy("run-2", FAIL);
    assertThat(writes()).isEqualTo(calls);
  }

  @Test
  void behindAVersionThatCannotBeCopiedTheOthersWait() {
    write("a", "one", "two", "three");
    write("b", "x");
    stacks.objects().refuseCopy("a", DENIED);

    Tally tally = ((CopyStep.Done) copy(FAIL)).tally();

    assertThat(tally).isEqualTo(new Tally(1, 0, 0, 3, 1));
    assertThat(stacks.journal().failures(10).map(Failure::error))
        .containsExactly(
            "AccessDenied: no",
            "waits for version v1, which could not be copied",
            "waits for version v1, which could not be copied");
    stacks.objects().allowCopy("a");
    copy("run-2", FAIL);
    assertEqualHistories();
  }

  @Test
  void mergeFollowsABeginningAndKeepsAnythingElse() {
    write("a", "one", "two");
    write("b", "one", "two");
    stacks.putTarget("a", "one");
    stacks.putTarget("b", "other");

    assertThat(copy(MERGE)).isEqualTo(new CopyStep.Done(new Tally(1, 1, 2, 0, 3)));

    assertThat(history("a")).isEqualTo(stacks.histories(ASSETS.from()).get("a"));
    assertThat(history("b")).hasSize(1);
  }

  @Test
  void overwritePutsTheHistoryOverAnotherOneOnce() {
    write("a", "one", DELETED, "two");
    stacks.putTarget("a", "before");
    stacks.putTarget("a", "one");

    assertThat(copy(OVERWRITE)).isEqualTo(new CopyStep.Done(new Tally(2, 1, 0, 0, 3, 0, 1, 0, 0)));
    assertThat(history("a")).hasSize(4);
    copy("run-2", OVERWRITE);

    assertThat(history("a")).hasSize(4);
    assertCompleteMap("run-2");
  }

  @Test
  void aVersionThatIsThereTwiceIsPassedOver() {
    write("a", "one", "two", "three");
    for (String content : List.of("before", "one", "two", "two")) {
      stacks.putTarget("a", content);
    }

    assertThat(copy(FAIL)).isEqualTo(new CopyStep.Done(new Tally(1, 2, 0, 0, 5)));
    assertThat(copy("run-2", FAIL)).isEqualTo(new CopyStep.Done(new Tally(0, 3, 0, 0, 0)));

    assertThat(history("a")).hasSize(5);
    assertThat(verified().mismatches()).isPositive();
    assertThat(stacks.compared(TwoStacks.planOfVersions(OVERWRITE)))
        .extracting(Comparison::mismatches, Comparison::extra)
        .containsExactly(1L, 1L);
  }

  @Test
  void aVersionThatIsThereTwiceIsPassedOverWhereOthersAreKept() {
    write("a", "one", DELETED, "two");
    stacks.putTarget("a", "one");
    stacks.objects().delete(ASSETS.to(), "a");
    stacks.objects().delete(ASSETS.to(), "a");

    assertThat(((CopyStep.Done) copy(MERGE)).tally().copied()).isEqualTo(1);
    assertThat(((CopyStep.Done) copy("run-2", MERGE)).tally().skipped()).isEqualTo(3);

    assertThat(history("a")).hasSize(4);
  }

  @Test
  void overwriteKeepsAnOldHistoryOfAnyLengthBeforeTheCopiedOne() {
    for (int version = 0; version < 1100; version++) {
      stacks.putTarget("a", "old " + version);
    }
    write("a", "one", DELETED, "two");

    assertThat(((CopyStep.Done) copy(OVERWRITE)).tally().copied()).isEqualTo(3);
    write("a", "three");
    Tally second = ((CopyStep.Done) copy("run-2", OVERWRITE)).tally();

    assertThat(second.skipped()).isEqualTo(3);
    assertThat(second.copied()).isEqualTo(1);
    assertThat(history("a")).hasSize(1104);
    assertThat(stacks.compared(TwoStacks.planOfVersions(OVERWRITE)))
        .extracting(Comparison::mismatches, Comparison::extra)
        .containsExactly(0L, 1100L);
  }

  @Test
  void whatTheTargetHasBehindALongHistoryIsAFailure() {
    for (int version = 0; version < 1005; version++) {
      write("long", "v" + version);
    }
    copy(OVERWRITE);
    stacks.putTarget("long", "v1004");
    assertThat(((CopyStep.Done) copy("run-2", OVERWRITE)).tally().failed()).isZero();
    stacks.putTarget("long", "newer");

    Tally third = ((CopyStep.Done) copy("run-3", OVERWRITE)).tally();

    assertThat(third.skipped()).isEqualTo(1004);
    assertThat(third.failed()).isEqualTo(1);
    assertThat(stacks.journal("run-3").failures(10).map(Failure::error))
        .containsExactly("the target has newer versions of this key");
  }

  @Test
  void beforeAVersionIsWrittenOnceMoreTheServiceGetsTime() {
    write("a", "one", "two");
    write("b", "x");
    limits = new TransferLimits(1, 1, 1 << 20, 1 << 10, SplitLimits.DEFAULT);
    StoreError failing = new StoreError("HTTP 500", "status 500", StoreError.Scope.TRANSIENT);
    for (int call = 1; call <= 4; call++) {
      stacks.objects().failCall(Call.COPY, call, failing);
    }

    Tally tally = ((CopyStep.Done) copy(FAIL)).tally();

    assertThat(tally.copied()).isEqualTo(1);
    assertThat(tally.failed()).isEqualTo(2);
    assertThat(pause.waits()).extracting(Duration::toMillis).containsExactly(50L, 100L, 200L, 400L);
  }

  @Test
  void aConditionThatDidNotHoldIsLookedAtWithoutWaiting() {
    write("a", "one", "two", DELETED);
    stacks
        .objects()
        .before(Call.ADD_DELETE_MARKER, 1, () -> stacks.objects().delete(ASSETS.to(), "a"));

    assertThat(((CopyStep.Done) copy(FAIL)).tally().copied()).isEqualTo(3);

    assertThat(pause.waits()).isEmpty();
    assertEqualHistories();
  }

  @Test
  void whatWasWrittenWhileVersioningWasSuspendedHasItsPlaceInTheHistory() {
    write("a", "one");
    stacks.objects().suspendVersioning(ASSETS.from());
    write("a", "lost", "null");
    stacks.objects().enableVersioning(ASSETS.from());
    write("a", "three");
    stacks.objects().suspendVersioning(ASSETS.from());

    assertThat(((CopyStep.Done) copy(FAIL)).tally().copied()).isEqualTo(3);

    assertThat(stacks.objects().history(ASSETS.from(), "a"))
        .extracting(ObjectVersion::versionId)
        .satisfies(ids -> assertThat(ids.get(1)).isEqualTo("null"));
    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
    assertThat(verified().mismatches()).isZero();
  }

  @Test
  void eachVersionIsAskedForOnceAtMostToRecogniseAHistory() {
    for (int version = 0; version < 30; version++) {
      StoredObject object = StoredObject.of("version " + (version % 10));
      stacks.objects().put(ASSETS.from(), "a", object.uploadedInParts("x-2"));
      stacks.objects().put(ASSETS.to(), "a", object.uploadedInParts("y-2"));
    }
    stacks.objects().delete(ASSETS.to(), "a");

    copy(FAIL);

    assertThat(stacks.objects().calls(Call.FINGERPRINT)).isLessThanOrEqualTo(60);
  }

  @Test
  void aBucketThatStopsKeepingVersionsStopsTheUnit() {
    stacks.objects().createBucket(ASSETS.to());
    write("a", "one");

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(FAIL))
        .withMessageContaining("switch its versioning on again");
  }

  @Test
  void copiesOnlyItsRange() {
    for (String key : List.of("a", "b", "c", "d")) {
      write(key, "x", "y");
    }

    copy(new KeyRange("unit-1", "assets", "", "a", "c"), FAIL, Optional.empty(), NEVER);

    assertThat(stacks.objects().keysWithHistory(ASSETS.to())).containsExactly("b", "c");
  }

  @Test
  void theVersionMapOfASplitRangeIsWholeAndInOrder() {
    limits = TransferLimits.DEFAULT.withSplits(new SplitLimits(0.01, 4, 100, 5, 10));
    for (int key = 0; key < 100; key++) {
      write("key-%02d".formatted(key), "one", DELETED, "two", "three");
    }
    AtomicInteger looks = new AtomicInteger();
    CopyStep first = copy(ALL, FAIL, Optional.empty(), () -> looks.incrementAndGet() > 60);
    Optional<CopyCursor> cursor = Optional.of(((CopyStep.Paused) first).cursor());

    CopyStep.Split split = (CopyStep.Split) copy(ALL, FAIL, cursor, NEVER);
    split.shares().forEach(share -> copy(share, FAIL, Optional.empty(), NEVER));

    CopyStep last = copy(ALL, FAIL, cursor, NEVER);

    assertThat(((CopyStep.Done) last).tally().entries()).isEqualTo(400);
    assertThat(split.shares()).hasSize(4);
    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
    assertBooksAreThoseOfTheComparison();
  }

  /** Versions that are recognised after a handover were copied by the worker before. */
  @Test
  void theTalliesOfManyWorkersCountEachVersionOnce() {
    for (int key = 0; key < 20; key++) {
      write("key-%02d".formatted(key), "one", DELETED, "two", "three", DELETED);
    }
    AtomicInteger looks = new AtomicInteger();
    Deadline soon = () -> looks.incrementAndGet() % 10 == 0;
    CopyStep step = copy(ALL, FAIL, Optional.empty(), soon);
    while (step instanceof CopyStep.Paused paused) {
      step = copy(ALL, FAIL, Optional.of(paused.cursor()), soon);
    }

    Tally tally = ((CopyStep.Done) step).tally();
    assertThat(tally.entries()).isEqualTo(100);
    assertThat(tally.copied() + tally.skipped()).isEqualTo(100);
    assertThat(writes()).isEqualTo(100);
  }

  private void assertStopsManyTimesAndEndsWhole() {
    AtomicInteger looks = new AtomicInteger();
    Deadline soon = () -> looks.incrementAndGet() % 10 == 0;
    CopyStep step = copy(ALL, FAIL, Optional.empty(), soon);
    int workers = 1;
    while (step instanceof CopyStep.Paused paused) {
      step = copy(ALL, FAIL, Optional.of(paused.cursor()), soon);
      workers++;
    }

    assertThat(workers).isGreaterThan(2);
    assertEqualHistories();
    assertCompleteMap(TwoStacks.RUN);
    assertBooksAreThoseOfTheComparison();
  }

  /** Else the report would say that the source has changed between copy and comparison. */
  private void assertBooksAreThoseOfTheComparison() {
    assertThat(stacks.journal().done("unit-0").orElseThrow().digest())
        .isEqualTo(verified().source());
  }

  /** Writes versions of a key of the source; an empty text stands for a delete marker. */
  private void putInParts(String bucket, String content) {
    StoredObject object = StoredObject.of(content).uploadedInParts(content + "-2");
    stacks.objects().put(bucket, "a", object.writtenAt(stacks.clock().instant()));
  }

  private void write(String key, String... contents) {
    for (String content : contents) {
      if (content.isEmpty()) {
        stacks.objects().delete(ASSETS.from(), key);
      } else {
        stacks.putSource(key, content);
      }
    }
  }

  private int writes() {
    return Stream.of(Call.COPY, Call.ADD_DELETE_MARKER, Call.COMPLETE)
        .mapToInt(call -> stacks.objects().calls(call))
        .sum();
  }

  private List<String> history(String key) {
    return stacks.histories(ASSETS.to()).get(key);
  }

  private void assertEqualHistories() {
    Map<String, List<String>> expected = stacks.histories(ASSETS.from());
    assertThat(stacks.histories(ASSETS.to())).isEqualTo(expected);
  }

  /** Each version of the source is in the map, with the version at the same place of the target. */
  private void assertCompleteMap(String run) {
    stacks.journal(run).saveUnits("verify", List.of(ALL));
    VersionMap map = new SortedVersionMap(stacks.journal(run), "verify");
    for (String key : stacks.objects().keysWithHistory(ASSETS.from())) {
      List<ObjectVersion> from = stacks.objects().history(ASSETS.from(), key);
      List<ObjectVersion> to = stacks.objects().history(ASSETS.to(), key);
      int before = to.size() - from.size();
      for (int i = 0; i < from.size(); i++) {
        assertThat(map.newVersionId("assets", key, from.get(i).versionId()))
            .contains(to.get(before + i).versionId());
      }
    }
    assertThat(map.newVersionId("assets", "no such key", "v1")).isEmpty();
    assertThat(map.newVersionId("other", "a", "v1")).isEmpty();
  }

  private Comparison verified() {
    return stacks.compared(TwoStacks.planOfVersions(FAIL));
  }

  private CopyStep copy(IfTargetNotEmpty policy) {
    return copy(ALL, policy, Optional.empty(), NEVER);
  }

  private CopyStep copy(String run, IfTargetNotEmpty policy) {
    return copier()
        .copy(stacks.journal(run), TwoStacks.planOfVersions(policy), ALL, Optional.empty(), NEVER);
  }

  private CopyStep copy(
      KeyRange range, IfTargetNotEmpty policy, Optional<CopyCursor> cursor, Deadline deadline) {
    return copier()
        .copy(stacks.journal(), TwoStacks.planOfVersions(policy), range, cursor, deadline);
  }

  private KeyRangeCopier copier() {
    return new KeyRangeCopier(
        stacks.source(),
        stacks.target(),
        limits.objects(),
        limits,
        (unit, change) -> {},
        stacks.clock(),
        TwoStacks.BACKOFF,
        pause);
  }
}
