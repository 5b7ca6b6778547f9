package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.BLUE_TABLE;
import static dev.vams.migration.core.TwoStacks.GREEN_TABLE;
import static dev.vams.migration.core.TwoStacks.KEY;
import static dev.vams.migration.core.TwoStacks.TABLE;
import static dev.vams.migration.core.TwoStacks.plan;
import static dev.vams.migration.core.TwoStacks.tables;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.MERGE;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.OVERWRITE;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.SYNC;
import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.LargestRandom;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Operation.ReplaceValue.Match;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.InMemoryItemTable;
import dev.vams.migration.core.store.InMemoryItemTable.Call;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentCopierTest {
  private static final Segment WHOLE = new Segment("unit-0", TABLE, 0, 1);
  private static final Deadline NEVER = () -> false;
  private static final StoreError TOO_LARGE =
      new StoreError("ValidationException", "too large", StoreError.Scope.ENTRY);
  private static final StoreError GONE =
      new StoreError("ResourceNotFoundException", "gone", StoreError.Scope.UNIT);

  private final TwoStacks stacks = new TwoStacks();
  private final RecordingPause pause = new RecordingPause();

  @Test
  void copiesEveryItem() {
    fill(60);

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(60)));
    assertThat(stacks.targetTable().items()).isEqualTo(stacks.sourceTable().items());
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isEqualTo(3);
  }

  @Test
  void anEmptyTableIsDoneAtOnce() {
    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ZERO));
    assertThat(stacks.journal().done("unit-0")).isPresent();
  }

  @Test
  void copiesOnlyItsSegment() {
    fill(100);

    copy(new Segment("unit-1", TABLE, 1, 4), plan(FAIL), Optional.empty(), NEVER);
    int one = stacks.targetTable().items().size();
    for (int segment : new int[] {0, 2, 3}) {
      copy(new Segment("unit-" + segment, TABLE, segment, 4), plan(FAIL), Optional.empty(), NEVER);
    }

    assertThat(one).isBetween(1, 99);
    assertThat(stacks.targetTable().items()).isEqualTo(stacks.sourceTable().items());
  }

  @Test
  void givesAttributesTheirNewNames() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x", "other", "y"), texts(KEY, "2"));

    copy(plan(FAIL, new Rename("old", "new")));

    assertThat(stacks.targetTable().items())
        .containsExactlyInAnyOrder(texts(KEY, "1", "new", "x", "other", "y"), texts(KEY, "2"));
  }

  @Test
  void aRenameThatWouldLoseAValueIsRecordedAndTheOthersGoOn() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x", "new", "y"), texts(KEY, "2", "old", "z"));

    assertThat(copy(plan(FAIL, new Rename("old", "new"))))
        .isEqualTo(new CopyStep.Done(new Tally(1, 0, 0, 1, 0)));
    assertThat(stacks.targetTable().items()).containsExactly(texts(KEY, "2", "new", "z"));
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.entry()).isEqualTo("id=1");
              assertThat(failure.error())
                  .isEqualTo(
                      "rename of 'old' to 'new' would lose a value: the item has both 'old' and 'new'");
              assertThat(failure.advice()).contains("transform").contains("retryOf");
            });
  }

  @Test
  void sendsUnprocessedItemsAgainUntilNoneIsLeftWithGrowingPauses() {
    fill(25);
    stacks.targetTable().leaveUnprocessed(20, 20, 5, 1);

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(25)));
    assertThat(stacks.targetTable().items()).hasSize(25);
    assertThat(pause.waits())
        .containsExactly(
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400));
  }

  @Test
  void givesUpAfterAFewMinutesOfUnprocessedItemsAsThrottled() {
    fill(1);
    stacks.targetTable().leaveUnprocessed(Collections.nCopies(60, 1).toArray(Integer[]::new));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(plan(FAIL)))
        .withMessageContaining(GREEN_TABLE)
        .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.TRANSIENT));
    assertThat(pause.waits()).hasSize(59);
    assertThat(stacks.journal().done("unit-0")).isEmpty();
  }

  @Test
  void aPoisonedItemIsIsolatedByHalvingAndTheOthersGoOn() {
    fill(25);
    Item poisoned = stacks.sourceTable().items().get(11);
    stacks.targetTable().refuse(poisoned, TOO_LARGE);

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(new Tally(24, 0, 0, 1, 0)));
    assertThat(stacks.targetTable().items()).hasSize(24).doesNotContain(poisoned);
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isLessThanOrEqualTo(11);
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.entry()).isEqualTo(Item.describe(poisoned.key(List.of(KEY))));
              assertThat(failure.error()).isEqualTo("ValidationException: too large");
              assertThat(failure.advice()).contains("400 KB").contains("retryOf");
            });
  }

  @Test
  void aBatchOfPoisonedItemsIsRecordedOneByOne() {
    fill(25);
    stacks.sourceTable().items().forEach(item -> stacks.targetTable().refuse(item, TOO_LARGE));

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(new Tally(0, 0, 0, 25, 0)));
    assertThat(failures()).hasSize(25);
  }

  @Test
  void unprocessedItemsOfAHalvedBatchAreSentAgain() {
    fill(4);
    stacks.targetTable().refuse(stacks.sourceTable().items().get(0), TOO_LARGE);
    stacks.targetTable().leaveUnprocessed(1, 2);

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(new Tally(3, 0, 0, 1, 0)));
    assertThat(stacks.targetTable().items()).hasSize(3);
  }

  @Test
  void mergePutsOnlyWhereThereIsNone() {
    stacks
        .sourceTable()
        .put(texts(KEY, "1", "v", "a"), texts(KEY, "2", "v", "a"), texts(KEY, "3", "v", "a"));
    stacks.targetTable().put(texts(KEY, "2", "v", "a"), texts(KEY, "3", "v", "b"));

    assertThat(copy(plan(MERGE))).isEqualTo(new CopyStep.Done(new Tally(1, 1, 1, 0, 0)));
    assertThat(stacks.targetTable().items())
        .containsExactlyInAnyOrder(
            texts(KEY, "1", "v", "a"), texts(KEY, "2", "v", "a"), texts(KEY, "3", "v", "b"));
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isZero();
  }

  @Test
  void mergeRecordsARefusedItem() {
    fill(2);
    stacks.targetTable().refuse(stacks.sourceTable().items().get(0), TOO_LARGE);

    assertThat(copy(plan(MERGE))).isEqualTo(new CopyStep.Done(new Tally(1, 0, 0, 1, 0)));
    assertThat(failures()).hasSize(1);
  }

  @Test
  void pausesAtTheDeadlineAndTheNextWorkerGoesOnThere() {
    useSmallPages();
    fill(25);
    CopyStep step = copy(WHOLE, plan(FAIL), Optional.empty(), () -> true);
    int workers = 1;
    while (step instanceof CopyStep.Paused paused) {
      assertThat(paused.cursor().tally().copied()).isEqualTo(10L * workers);
      step = copy(WHOLE, plan(FAIL), Optional.of(paused.cursor()), () -> true);
      workers++;
    }

    assertThat(workers).isEqualTo(3);
    assertThat(step).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(25)));
    assertThat(stacks.targetTable().items()).isEqualTo(stacks.sourceTable().items());
    assertThat(stacks.journal().done("unit-0").orElseThrow().digest()).isEqualTo(digest());
  }

  /** A page of 1 MB may have ten thousand of them. */
  @Test
  void aWorkerCanStopAmongManySmallItems() {
    fill(1_250);
    CopyStep step = copy(WHOLE, plan(FAIL), Optional.empty(), () -> true);
    int workers = 1;
    while (step instanceof CopyStep.Paused paused) {
      assertThat(paused.cursor().tally().copied()).isEqualTo(500L * workers);
      step = copy(WHOLE, plan(FAIL), Optional.of(paused.cursor()), () -> true);
      workers++;
    }

    assertThat(workers).isEqualTo(3);
    assertThat(stacks.targetTable().items()).isEqualTo(stacks.sourceTable().items());
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isEqualTo(50);
    assertThat(stacks.journal().done("unit-0").orElseThrow().digest()).isEqualTo(digest());
  }

  /** A worker that is killed has written down what it did, however small the items are. */
  @Test
  void aCheckpointIsWrittenAmongManySmallItemsWhenItIsDue() {
    fill(1_500);
    stacks.targetTable().failCall(Call.PUT_ALL, 22, GONE);
    Deadline clockGoesOn =
        () -> {
          stacks.clock().advance(Duration.ofSeconds(3));
          return false;
        };

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(WHOLE, plan(FAIL), Optional.empty(), clockGoesOn));
    assertThat(stacks.journal().checkpoint("unit-0").orElseThrow().tally())
        .isEqualTo(Tally.ofCopiedItems(500));
    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(1_500)));
  }

  @Test
  void underALowCeilingAWorkerCanStopAfterAFewSeconds() {
    fill(100);

    CopyStep step = copy(WHOLE, planOfUnitsPerSecond(2), Optional.empty(), () -> true);

    assertThat(((CopyStep.Paused) step).cursor().tally()).isEqualTo(Tally.ofCopiedItems(20));
  }

  @Test
  void aWorkerWithoutACursorGoesOnAtTheCheckpoint() {
    useSmallPages();
    fill(25);
    copy(WHOLE, plan(FAIL), Optional.empty(), () -> true);

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(25)));
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isEqualTo(2);
    assertThat(stacks.sourceTable().calls(Call.SCAN))
        .as("pages, one of them read ahead")
        .isEqualTo(4);
  }

  @Test
  void aCursorOfAnotherSegmentIsRefused() {
    useSmallPages();
    fill(25);
    CopyCursor cursor =
        ((CopyStep.Paused) copy(WHOLE, plan(FAIL), Optional.empty(), () -> true)).cursor();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> copy(new Segment("unit-7", TABLE, 1, 2), plan(FAIL), Optional.of(cursor), NEVER))
        .withMessageContaining("segment 0 of 1")
        .withMessageContaining("segment 1 of 2")
        .withMessageContaining("unit-7");
  }

  @Test
  void aTableThatCannotBeUsedStopsTheUnit() {
    fill(1);
    stacks.targetTable().failCall(Call.PUT_ALL, 1, GONE);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(plan(FAIL)))
        .satisfies(e -> assertThat(e.error()).isEqualTo(GONE));
    assertThat(stacks.journal().done("unit-0")).isEmpty();
  }

  @Test
  void aPageThatCannotBeReadStopsTheUnit() {
    useSmallPages();
    fill(25);
    StoreError throttled =
        new StoreError(
            "ProvisionedThroughputExceededException", "slow", StoreError.Scope.TRANSIENT);
    stacks.sourceTable().failCall(Call.SCAN, 2, throttled);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> copy(plan(FAIL)))
        .satisfies(e -> assertThat(e.error()).isEqualTo(throttled));
  }

  @Test
  void unprocessedItemsFillLaterBatches() {
    fill(100);
    stacks.targetTable().leaveUnprocessed(5, 5, 5, 5);

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(100)));
    assertThat(stacks.targetTable().items()).hasSize(100);
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isEqualTo(5);
  }

  @Test
  void batchesGoAcrossPages() {
    useSmallPages();
    fill(50);

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(50)));
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isEqualTo(2);
  }

  @Test
  void largeItemsMakeSmallBatches() {
    IntStream.range(0, 6)
        .forEach(i -> stacks.sourceTable().put(texts(KEY, "" + i, "v", "x".repeat(100 << 10))));

    assertThat(copy(plan(FAIL))).isEqualTo(new CopyStep.Done(Tally.ofCopiedItems(6)));
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isEqualTo(3);
  }

  @Test
  void syncWritesOnlyWhatDiffers() {
    stacks
        .sourceTable()
        .put(texts(KEY, "1", "v", "a"), texts(KEY, "2", "v", "a"), texts(KEY, "3", "v", "a"));
    stacks
        .targetTable()
        .put(texts(KEY, "2", "v", "a"), texts(KEY, "3", "v", "b"), texts(KEY, "4", "v", "b"));

    assertThat(copy(plan(SYNC))).isEqualTo(new CopyStep.Done(new Tally(2, 1, 0, 0, 0)));
    assertThat(stacks.targetTable().items())
        .containsExactlyInAnyOrder(
            texts(KEY, "1", "v", "a"),
            texts(KEY, "2", "v", "a"),
            texts(KEY, "3", "v", "a"),
            texts(KEY, "4", "v", "b"));
    assertThat(stacks.targetTable().calls(Call.GET_ALL)).isEqualTo(1);
    assertThat(stacks.targetTable().calls(Call.PUT_ALL)).isEqualTo(1);
  }

  @Test
  void syncDeletesWhatOnlyTheTargetHasIfItIsToldTo() {
    fill(30);
    IntStream.range(0, 60).forEach(i -> stacks.targetTable().put(texts(KEY, "item-" + i)));
    stacks.targetTable().leaveUnprocessed(0, 0, 2, 3);
    Options options = new Options(Mode.MIGRATE, SYNC, Order.TOGETHER, 1).deletingExtraneous();

    CopyStep step = copy(plan(options, tables()));

    assertThat(((CopyStep.Done) step).tally())
        .isEqualTo(Tally.ofCopiedItems(30).plus(new Tally(0, 0, 0, 0, 0, 0, 0, 30, 0)));
    assertThat(stacks.targetTable().items()).isEqualTo(stacks.sourceTable().items());
    assertThat(stacks.sourceTable().calls(Call.GET_ALL)).isEqualTo(1);
  }

  @Test
  void aPairMayHaveAPolicyOfItsOwn() {
    stacks.sourceTable().put(texts(KEY, "1", "v", "a"));
    stacks.targetTable().put(texts(KEY, "1", "v", "b"));
    TablePair pair =
        new TablePair(
            TABLE,
            BLUE_TABLE,
            GREEN_TABLE,
            List.of(),
            List.of(),
            Optional.of(MERGE),
            Optional.empty(),
            Optional.empty());

    CopyStep step = copy(plan(new Options(Mode.MIGRATE, OVERWRITE, Order.TOGETHER, 1), pair));

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(0, 0, 1, 0, 0)));
  }

  @Test
  void twoItemsThatGetTheSameKeyAreNoSilentLoss() {
    stacks.sourceTable().put(texts(KEY, "blue/1", "v", "a"), texts(KEY, "green/1", "v", "b"));
    TablePair pair =
        tables(new Operation.ReplaceValue(AttributePath.of(KEY), "blue/", "green/", Match.PREFIX));

    assertThat(copy(plan(Options.defaults(), pair)))
        .isEqualTo(new CopyStep.Done(new Tally(1, 0, 0, 1, 0)));
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.error())
                    .isEqualTo("the target has another item with the key id=green/1"));
  }

  @Test
  void errorsNameTheKeyOfTheSource() {
    stacks.sourceTable().put(texts(KEY, "blue"));
    TablePair pair =
        tables(new Operation.ReplaceValue(AttributePath.of(KEY), "blue", "", Match.EXACT));

    assertThat(copy(plan(Options.defaults(), pair)))
        .isEqualTo(new CopyStep.Done(new Tally(0, 0, 0, 1, 0)));
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.entry()).isEqualTo("id=blue");
              assertThat(failure.error()).isEqualTo("the key attribute 'id' would be empty");
            });
  }

  @Test
  void anItemThatTheTransformMakesTooLargeIsReportedWithItsSize() {
    stacks.sourceTable().put(texts(KEY, "1", "v", "x".repeat(300 << 10)));
    TablePair pair = tables(new Operation.Copy(AttributePath.of("v"), AttributePath.of("w")));

    assertThat(copy(plan(Options.defaults(), pair)))
        .isEqualTo(new CopyStep.Done(new Tally(0, 0, 0, 1, 0)));
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.error())
                    .contains("maximum allowed size")
                    .endsWith("(the item has about 614,405 bytes, the limit is 409,600)"));
  }

  /** A plan whose worker writes so many units within a second. */
  private static MigrationPlan planOfUnitsPerSecond(double units) {
    TablePlan table = TwoStacks.TABLE_PLAN;
    Ceilings ceilings = new Ceilings(Optional.empty(), Optional.empty(), Optional.of(units));
    return plan(
        FAIL,
        new TablePlan(
            table.keys(),
            table.indexKeys(),
            table.approximateItems(),
            table.approximateItemBytes(),
            table.globalIndexes(),
            table.segments(),
            ceilings,
            ceilings,
            table.extraneous()));
  }

  private DigestSum digest() {
    DigestSum.Accumulator sum = new DigestSum.Accumulator();
    stacks.sourceTable().items().forEach(item -> sum.add(new ItemDigest().of(item)));
    return sum.sum();
  }

  private void useSmallPages() {
    stacks
        .source()
        .add(
            TwoStacks.BLUE_TABLE,
            new InMemoryItemTable(List.of(new KeyAttribute(KEY, "S")), 10, Runnable::run));
  }

  private void fill(int items) {
    IntStream.range(0, items)
        .forEach(i -> stacks.sourceTable().put(texts(KEY, "item-" + i, "value", "v" + i)));
  }

  private CopyStep copy(MigrationPlan plan) {
    return copy(WHOLE, plan, Optional.empty(), NEVER);
  }

  private CopyStep copy(
      Segment segment, MigrationPlan plan, Optional<CopyCursor> cursor, Deadline deadline) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), new LargestRandom());
    return new SegmentCopier(
            stacks.source(),
            stacks.target(),
            TransferLimits.DEFAULT.writes(),
            (unit, change) -> {},
            stacks.clock(),
            backoff,
            pause)
        .copy(stacks.journal(), plan, segment, cursor, deadline);
  }

  private List<Failure> failures() {
    return stacks.journal().failures(100).toList();
  }
}
