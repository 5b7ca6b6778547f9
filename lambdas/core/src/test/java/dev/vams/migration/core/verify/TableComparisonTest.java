package dev.vams.migration.core.verify;

import static dev.vams.migration.core.TwoStacks.BLUE_TABLE;
import static dev.vams.migration.core.TwoStacks.GREEN_TABLE;
import static dev.vams.migration.core.TwoStacks.KEY;
import static dev.vams.migration.core.TwoStacks.TABLE;
import static dev.vams.migration.core.TwoStacks.plan;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.LargestRandom;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.ItemComparison;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.InMemoryItemTable;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.store.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Segments are added up first; where the sums differ, items are compared one by one. */
class TableComparisonTest {
  private static final Segment WHOLE = new Segment("unit-0", TABLE, 0, 1);

  private final TwoStacks stacks = new TwoStacks();
  private final RecordingPause pause = new RecordingPause();
  private final ComparedTotals compared = new ComparedTotals();

  @Test
  void equalTablesHaveEqualSums() {
    stacks.sourceTable().put(texts(KEY, "1", "v", "x"), texts(KEY, "2"));
    stacks.targetTable().put(texts(KEY, "2"), texts(KEY, "1", "v", "x"));

    Comparison found = compareSegment(plan(FAIL));

    assertThat(found.source()).isEqualTo(found.target());
    assertThat(found.source().count()).isEqualTo(2);
  }

  @Test
  void tellsOfTheItemsOfBothSides() {
    stacks.sourceTable().put(texts(KEY, "1"), texts(KEY, "2"));
    stacks.targetTable().put(texts(KEY, "1"));

    compareSegment(plan(FAIL));

    assertThat(compared.entries()).isEqualTo(3);
    assertThat(compared.bytes()).isZero();
  }

  @Test
  void tellsOfTheItemsThatAreComparedOneByOne() {
    stacks.sourceTable().put(texts(KEY, "1"), texts(KEY, "2"));

    compareItems(plan(FAIL));

    assertThat(compared.entries()).isEqualTo(2);
  }

  @Test
  void theSourceIsDigestedWithItsNewNames() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x"));
    stacks.targetTable().put(texts(KEY, "1", "new", "x"));

    assertThat(compareSegment(plan(FAIL, new Rename("old", "new"))))
        .satisfies(found -> assertThat(found.source()).isEqualTo(found.target()));
    assertThat(compareSegment(plan(FAIL)))
        .satisfies(found -> assertThat(found.source()).isNotEqualTo(found.target()));
  }

  @Test
  void aSegmentGoesOnWhereTheWorkerBeforeStoppedOnEitherSide() {
    useSmallPages();
    fill(25);
    CompareStep step = compareSegment(Optional.empty());
    int workers = 1;
    while (step instanceof CompareStep.Paused paused) {
      step = compareSegment(Optional.of(paused.cursor()));
      workers++;
    }

    assertThat(workers).isEqualTo(6);
    assertThat(((CompareStep.Done) step).comparison()).isEqualTo(compareSegment(plan(FAIL)));
  }

  @Test
  void nothingIsLocatedWhenSumsOfSegmentsAreEqualInTotal() {
    fill(40);
    compareAllSegments(4);

    assertThat(new Reconciler(stacks.journal()).reconcile()).isZero();
    assertThat(located()).isEmpty();
  }

  @Test
  void allSegmentsOfADifferingTableAreLocated() {
    fill(40);
    stacks.targetTable().put(texts(KEY, "item-7", "value", "changed"));
    compareAllSegments(2);

    assertThat(new Reconciler(stacks.journal()).reconcile()).isEqualTo(2);
    assertThat(located())
        .containsExactly(
            new ItemComparison("unit-0-items", TABLE, 0, 2),
            new ItemComparison("unit-1-items", TABLE, 1, 2));
  }

  @Test
  void aTableThatWasNotComparedToItsEndIsNotLocated() {
    List<Unit> units =
        List.of(new Segment("unit-0", TABLE, 0, 2), new Segment("unit-1", TABLE, 1, 2));
    stacks.journal().saveUnits(Reconciler.VERIFY_PHASE, units);
    stacks.sourceTable().put(texts(KEY, "1"));
    compareSegment((Segment) units.get(0));

    assertThat(new Reconciler(stacks.journal()).reconcile()).isZero();
    assertThat(located()).isEmpty();
  }

  @Test
  void bucketsAreNotLocated() {
    List<Unit> units = List.of(new Unit.KeyRange("bucket", "assets", "", "", ""));
    stacks.journal().saveUnits(Reconciler.VERIFY_PHASE, units);

    assertThat(new Reconciler(stacks.journal()).reconcile()).isZero();
  }

  @Test
  void namesTheAttributesThatDifferAndNeverTheirValues() {
    stacks
        .sourceTable()
        .put(texts(KEY, "1", "same", "s", "changed", "secret-a", "gone", "secret-b"));
    stacks
        .targetTable()
        .put(texts(KEY, "1", "same", "s", "changed", "secret-c", "new", "secret-d"));

    assertThat(compareItems(plan(FAIL)).different()).isEqualTo(1);
    assertThat(mismatches())
        .containsExactly(
            new Mismatch(
                "unit-0-items",
                TABLE,
                "id=1",
                Mismatch.Kind.DIFFERENT,
                "attributes that differ: changed, gone (only at the source), new (only at the"
                    + " target)"));
  }

  @Test
  void findsMissingItems() {
    fill(3);
    stacks.sourceTable().put(texts(KEY, "only-here"));

    assertThat(compareItems(plan(FAIL)))
        .isEqualTo(new Comparison(Comparison.ZERO.source(), Comparison.ZERO.target(), 1, 0, 0, 0));
    assertThat(mismatches()).extracting(Mismatch::entry).containsExactly("id=only-here");
  }

  @Test
  void aNumberWrittenInAnotherWayIsNoDifference() {
    stacks.sourceTable().put(numbered("1.0"));
    stacks.targetTable().put(numbered("1"));

    assertThat(compareItems(plan(FAIL)).mismatches()).isZero();
  }

  @Test
  void anItemThatCannotBeRenamedIsADifference() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x", "new", "y"));
    stacks.targetTable().put(texts(KEY, "1", "new", "y"));

    assertThat(compareItems(plan(FAIL, new Rename("old", "new"))).different()).isEqualTo(1);
    assertThat(mismatches())
        .extracting(Mismatch::detail)
        .containsExactly(
            "rename of 'old' to 'new' would lose a value: the item has both 'old' and 'new'");
  }

  @Test
  void anItemThatCannotBeRenamedIsMissingWhereTheTargetHasNoneOfItsKey() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x", "new", "y"));

    assertThat(compareItems(plan(FAIL, new Rename("old", "new"))).missing()).isEqualTo(1);
    assertThat(mismatches())
        .extracting(Mismatch::detail)
        .containsExactly(
            "rename of 'old' to 'new' would lose a value: the item has both 'old' and 'new'");
  }

  @Test
  void asksAgainForKeysThatWereNotLookedUp() {
    fill(150);
    stacks.targetTable().leaveUnprocessed(60, 60, 10);

    assertThat(compareItems(plan(FAIL)).mismatches()).isZero();
    assertThat(pause.waits()).extracting(Duration::toMillis).containsExactly(50L, 100L, 200L);
  }

  @Test
  void comparingItemsGoesOnWhereTheWorkerBeforeStopped() {
    useSmallPages();
    fill(25);
    stacks.sourceTable().put(texts(KEY, "only-here"));
    CompareStep step = compareItems(plan(FAIL), Optional.empty());
    while (step instanceof CompareStep.Paused paused) {
      step = compareItems(plan(FAIL), Optional.of(paused.cursor()));
    }

    assertThat(((CompareStep.Done) step).comparison().missing()).isEqualTo(1);
    assertThat(mismatches()).hasSize(1);
  }

  private void compareAllSegments(int totalSegments) {
    List<Unit> units = new ArrayList<>();
    for (int segment = 0; segment < totalSegments; segment++) {
      units.add(new Segment("unit-" + segment, TABLE, segment, totalSegments));
    }
    stacks.journal().saveUnits(Reconciler.VERIFY_PHASE, units);
    units.forEach(unit -> compareSegment((Segment) unit));
  }

  private Comparison compareSegment(MigrationPlan plan) {
    return ((CompareStep.Done)
            new SegmentComparer(stacks.source(), stacks.target(), compared)
                .compare(stacks.journal(), plan, WHOLE, Optional.empty(), () -> false))
        .comparison();
  }

  private CompareStep compareSegment(Optional<CompareCursor> cursor) {
    return new SegmentComparer(stacks.source(), stacks.target(), compared)
        .compare(stacks.journal(), plan(FAIL), WHOLE, cursor, () -> true);
  }

  private void compareSegment(Segment segment) {
    CompareStep step =
        new SegmentComparer(stacks.source(), stacks.target(), compared)
            .compare(stacks.journal(), plan(FAIL), segment, Optional.empty(), () -> false);
    assertThat(step).isInstanceOf(CompareStep.Done.class);
  }

  private Comparison compareItems(MigrationPlan plan) {
    CompareStep step =
        itemComparer().compare(stacks.journal(), plan, items(), Optional.empty(), () -> false);
    return ((CompareStep.Done) step).comparison();
  }

  private CompareStep compareItems(MigrationPlan plan, Optional<CompareCursor> cursor) {
    return itemComparer().compare(stacks.journal(), plan, items(), cursor, () -> true);
  }

  private ItemComparer itemComparer() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), new LargestRandom());
    return new ItemComparer(stacks.source(), stacks.target(), compared, backoff, pause);
  }

  private static ItemComparison items() {
    return new ItemComparison("unit-0-items", TABLE, 0, 1);
  }

  private List<Unit> located() {
    List<Unit> units = new ArrayList<>();
    stacks.journal().forEachUnit(Reconciler.LOCATE_PHASE, units::add);
    return units;
  }

  private List<Mismatch> mismatches() {
    return stacks.journal().mismatches(100).toList();
  }

  private void fill(int items) {
    IntStream.range(0, items)
        .mapToObj(i -> texts(KEY, "item-" + i, "value", "v" + i))
        .forEach(
            item -> {
              stacks.sourceTable().put(item);
              stacks.targetTable().put(item);
            });
  }

  private void useSmallPages() {
    List<KeyAttribute> keys = List.of(new KeyAttribute(KEY, "S"));
    stacks.source().add(BLUE_TABLE, new InMemoryItemTable(keys, 10, Runnable::run));
    stacks.target().add(GREEN_TABLE, new InMemoryItemTable(keys, 10, Runnable::run));
  }

  private static Item numbered(String number) {
    return new Item(Map.of(KEY, new Value.Text("1"), "n", new Value.Numeric(number)));
  }
}
