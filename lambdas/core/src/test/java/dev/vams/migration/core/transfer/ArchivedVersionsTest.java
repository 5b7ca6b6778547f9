package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.LeftArchived;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.SortedVersionMap;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.journal.VersionMap;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Histories with versions that nobody can read before they are restored. */
class ArchivedVersionsTest {
  private static final KeyRange ALL = new KeyRange("unit-0", "assets", "", "", "");
  private static final Deadline NEVER = () -> false;
  private static final Duration QUARTER = Duration.ofMinutes(15);

  /** What has more than this is copied in parts. */
  private static final long LARGEST_COPY = 100;

  private final TwoStacks stacks = new TwoStacks();

  /** Eight versions: v1 of a, v2 to v5 of b with v3 and v4 archived, v6 and v7 of c, v8 of d. */
  @BeforeEach
  void fill() {
    stacks.keepVersions();
    stacks.putSource("a", "1");
    stacks.putSource("b", "1");
    put("b", "GLACIER", 2);
    put("b", "DEEP_ARCHIVE", 3);
    stacks.putSource("b", "4444");
    stacks.putSource("c", "1");
    stacks.objects().delete(ASSETS.from(), "c");
    put("d", "GLACIER_IR", 5);
  }

  @Test
  void failCopiesWhatIsBeforeAndBooksTheRestWithAdvice() {
    CopyStep step = copy(IfArchived.FAIL, Optional.empty());

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(5, 0, 0, 3, 8, 0, 1, 0, 0)));
    StoreError error = StoreError.archived("GLACIER");
    assertThat(stacks.journal().failures(9))
        .containsExactly(
            new Failure("unit-0", "b, version v3", error.line(), Advice.forVersion(error)),
            new Failure(
                "unit-0",
                "b, version v4",
                "waits for version v3, which could not be copied",
                Advice.RETRY),
            new Failure(
                "unit-0",
                "b, version v5",
                "waits for version v3, which could not be copied",
                Advice.RETRY));
    assertThat(stacks.objects().calls(Call.RESTORE)).isZero();
  }

  @Test
  void skipLeavesTheWholeKeyAndWritesEachVersionDown() {
    CopyStep step = copy(IfArchived.SKIP_AND_REPORT, Optional.empty());

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(4, 0, 0, 0, 7, 0, 1, 0, 4)));
    assertThat(stacks.journal().archived(9))
        .containsExactly(
            new LeftArchived("unit-0", "b, version v2", "waits for a version that is archived"),
            new LeftArchived("unit-0", "b, version v3", "GLACIER"),
            new LeftArchived("unit-0", "b, version v4", "DEEP_ARCHIVE"),
            new LeftArchived("unit-0", "b, version v5", "waits for a version that is archived"));
    assertThat(stacks.objects().keysWithHistory(ASSETS.to())).containsExactly("a", "c", "d");
    assertThat(stacks.compared(plan(IfArchived.SKIP_AND_REPORT)).missing()).isEqualTo(4);
  }

  @Test
  void restoreAsksForEachArchivedVersionOnceAndWaitsAtItsKey() {
    CopyStep.Paused first = (CopyStep.Paused) copy(IfArchived.RESTORE, Optional.empty());
    CopyStep.Paused second = (CopyStep.Paused) copy(IfArchived.RESTORE, cursor(first));

    assertThat(first.delay()).isEqualTo(QUARTER);
    assertThat(first.cursor().position()).isEqualTo(new Position.AfterRestored("a"));
    assertThat(first.cursor().tally()).isEqualTo(new Tally(1, 0, 0, 0, 1));
    assertThat(second).isEqualTo(first);
    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(2);
    assertThat(stacks.objects().keysWithHistory(ASSETS.to())).containsExactly("a");
  }

  @Test
  void whatIsRestoredIsCopiedInItsOrderWithItsStorageClassAndTheBooksAreRight() {
    CopyStep first = copy(IfArchived.RESTORE, Optional.empty());
    stacks.objects().finishRestores();

    CopyStep last = copy(IfArchived.RESTORE, cursor(first));

    assertThat(last).isEqualTo(new CopyStep.Done(new Tally(8, 0, 0, 0, 17, 0, 1, 0, 0)));
    assertThat(stacks.histories(ASSETS.to())).isEqualTo(stacks.histories(ASSETS.from()));
    assertThat(stacks.objects().history(ASSETS.to(), "b"))
        .extracting(ObjectVersion::storageClass)
        .containsExactly("STANDARD", "GLACIER", "DEEP_ARCHIVE", "STANDARD");
    assertThat(stacks.journal().done("unit-0").orElseThrow().digest())
        .isEqualTo(stacks.compared(plan(IfArchived.RESTORE)).source());
    assertCompleteMap();
  }

  @Test
  void aSecondRunRestoresNothing() {
    restoreAndCopy();
    int restores = stacks.objects().calls(Call.RESTORE);

    CopyStep second =
        copy("run-2", IfArchived.RESTORE, Optional.empty(), NEVER, IfTargetNotEmpty.OVERWRITE);

    assertThat(second).isEqualTo(new CopyStep.Done(new Tally(0, 8, 0, 0, 0)));
    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(restores);
  }

  @Test
  void mergeRestoresNothingOfAKeyThatItKeeps() {
    stacks.putTarget("b", "another");

    CopyStep step =
        copy("run-1", IfArchived.RESTORE, Optional.empty(), NEVER, IfTargetNotEmpty.MERGE);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(4, 0, 4, 0, 7, 0, 1, 0, 0)));
    assertThat(stacks.objects().calls(Call.RESTORE)).isZero();
  }

  @Test
  void aRestoreThatIsRefusedIsAFailureOfItsKeyAndTheOthersGoOn() {
    stacks
        .objects()
        .refuseRestore("b", new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY));

    CopyStep step = copy(IfArchived.RESTORE, Optional.empty());

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(4, 0, 0, 4, 7, 0, 1, 0, 0)));
    assertThat(stacks.journal().failures(9))
        .contains(
            new Failure(
                "unit-0",
                "b, version v3",
                "not restored: AccessDenied: no",
                "Allow s3:RestoreObject on the source's objects. " + Advice.RETRY),
            new Failure(
                "unit-0",
                "b, version v4",
                "waits for version v3, which is not restored",
                Advice.RETRY));
    assertThat(stacks.objects().keysWithHistory(ASSETS.to())).containsExactly("a", "c", "d");
  }

  @Test
  void aVersionInAnArchiveTierIsFoundByItsRefusalAndCopiedWhenReady() {
    stacks.objects().finishRestores();
    put("t", "INTELLIGENT_TIERING", 2);
    stacks.objects().moveToArchiveTier(ASSETS.from(), "t");
    stacks.putSource("t", "333");
    restoreAndCopy();

    assertThat(stacks.histories(ASSETS.to())).isEqualTo(stacks.histories(ASSETS.from()));
    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(3);
    assertCompleteMap();
  }

  @Test
  void skipLeavesAVersionInAnArchiveTierAndThoseAfterIt() {
    stacks.putSource("t", "1");
    put("t", "INTELLIGENT_TIERING", 2);
    stacks.objects().moveToArchiveTier(ASSETS.from(), "t");
    stacks.putSource("t", "333");

    copy(IfArchived.SKIP_AND_REPORT, Optional.empty());

    assertThat(stacks.journal().archived(9))
        .contains(
            new LeftArchived("unit-0", "t, version v10", "INTELLIGENT_TIERING"),
            new LeftArchived("unit-0", "t, version v11", "waits for a version that is archived"));
    assertThat(stacks.histories(ASSETS.to()).get("t")).hasSize(1);
  }

  @Test
  void aLargeVersionIsCopiedInPartsWhenItIsRestored() {
    put("b", "GLACIER", LARGEST_COPY + 1);

    restoreAndCopy();

    assertThat(stacks.histories(ASSETS.to())).isEqualTo(stacks.histories(ASSETS.from()));
    assertThat(stacks.objects().object(ASSETS.to(), "b").storageClass()).isEqualTo("GLACIER");
    assertThat(stacks.objects().calls(Call.COMPLETE)).isEqualTo(1);
    assertThat(stacks.objects().openUploads()).isEmpty();
    assertCompleteMap();
  }

  @Test
  void aLongHistoryIsRestoredAsAWhole() {
    for (int version = 0; version < 1200; version++) {
      put("long", version % 500 == 0 ? "GLACIER" : "STANDARD", 1 + version % 7);
    }

    restoreAndCopy();

    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(2 + 3);
    assertThat(stacks.histories(ASSETS.to())).isEqualTo(stacks.histories(ASSETS.from()));
    assertCompleteMap();
  }

  @Test
  void workersThatAreLateAskForAllAndCopyAll() {
    for (int key = 0; key < 30; key++) {
      put("x" + key, "GLACIER", 2);
    }
    AtomicInteger looks = new AtomicInteger();
    Deadline soon = () -> looks.incrementAndGet() % 10 == 0;
    int waits = 0;
    Optional<CopyCursor> cursor = Optional.empty();
    CopyStep step = copy("run-1", IfArchived.RESTORE, cursor, soon, IfTargetNotEmpty.OVERWRITE);
    while (step instanceof CopyStep.Paused paused) {
      if (!paused.delay().isZero()) {
        stacks.objects().finishRestores();
        waits++;
      }
      step = copy("run-1", IfArchived.RESTORE, cursor(paused), soon, IfTargetNotEmpty.OVERWRITE);
    }

    assertThat(waits).isEqualTo(1);
    assertThat(stacks.objects().calls(Call.RESTORE)).isEqualTo(32);
    Tally tally = ((CopyStep.Done) step).tally();
    // What a worker has copied of a key that it has not finished, the next one skips.
    assertThat(tally.copied() + tally.skipped()).isEqualTo(38);
    assertThat(stacks.histories(ASSETS.to())).isEqualTo(stacks.histories(ASSETS.from()));
    assertCompleteMap();
  }

  private void restoreAndCopy() {
    CopyStep step = copy(IfArchived.RESTORE, Optional.empty());
    while (step instanceof CopyStep.Paused) {
      stacks.objects().finishRestores();
      step = copy(IfArchived.RESTORE, cursor(step));
    }
  }

  private void put(String key, String storageClass, long size) {
    StoredObject object =
        StoredObject.of(key + size)
            .ofSize(size)
            .with(storageClass, Map.of(), Map.of(), Map.of())
            .writtenAt(stacks.clock().instant());
    stacks.objects().put(ASSETS.from(), key, object);
  }

  private void assertCompleteMap() {
    stacks.journal().saveUnits("verify", List.of(ALL));
    VersionMap map = new SortedVersionMap(stacks.journal(), "verify");
    for (String key : stacks.objects().keysWithHistory(ASSETS.from())) {
      List<ObjectVersion> from = stacks.objects().history(ASSETS.from(), key);
      List<ObjectVersion> to = stacks.objects().history(ASSETS.to(), key);
      for (int i = 0; i < from.size(); i++) {
        assertThat(map.newVersionId("assets", key, from.get(i).versionId()))
            .contains(to.get(i).versionId());
      }
    }
  }

  private static Optional<CopyCursor> cursor(CopyStep step) {
    return Optional.of(((CopyStep.Paused) step).cursor());
  }

  private static MigrationPlan plan(IfArchived archived) {
    return plan(archived, IfTargetNotEmpty.OVERWRITE);
  }

  private static MigrationPlan plan(IfArchived archived, IfTargetNotEmpty policy) {
    return TwoStacks.planOfVersions(
        new Options(Mode.MIGRATE, policy, Order.TOGETHER, 1).with(archived, Restore.DEFAULT));
  }

  private CopyStep copy(IfArchived archived, Optional<CopyCursor> cursor) {
    return copy(TwoStacks.RUN, archived, cursor, NEVER, IfTargetNotEmpty.OVERWRITE);
  }

  private CopyStep copy(
      String run,
      IfArchived archived,
      Optional<CopyCursor> cursor,
      Deadline deadline,
      IfTargetNotEmpty policy) {
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            new AimdWindow(4, 4),
            TransferLimits.DEFAULT.withSizes(LARGEST_COPY, 40),
            (unit, change) -> {},
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(stacks.journal(run), plan(archived, policy), ALL, cursor, deadline);
  }
}
