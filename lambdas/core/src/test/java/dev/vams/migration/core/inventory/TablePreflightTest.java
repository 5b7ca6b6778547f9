package dev.vams.migration.core.inventory;

import static dev.vams.migration.core.TwoStacks.BLUE_TABLE;
import static dev.vams.migration.core.TwoStacks.GREEN_TABLE;
import static dev.vams.migration.core.TwoStacks.KEY;
import static dev.vams.migration.core.TwoStacks.TABLE;
import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Operation.ReplaceValue.Match;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.UnitCeiling;
import dev.vams.migration.core.plan.UnitCeiling.Scale;
import dev.vams.migration.core.store.InMemoryItemTable;
import dev.vams.migration.core.store.InMemoryItemTable.Call;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.Capacity;
import dev.vams.migration.core.store.TableFacts.Feature;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.store.Value;
import dev.vams.migration.core.transform.ItemTransform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is checked of table pairs: transforms, ceilings, and what tables will do. */
class TablePreflightTest {
  private static final String PAIR = "$.VAMS_DynamoDBTable_Mapping[0]";
  private static final List<KeyAttribute> KEYS = List.of(new KeyAttribute(KEY, "S"));
  private static final Options SYNC =
      new Options(Mode.MIGRATE, IfTargetNotEmpty.SYNC, Order.TOGETHER, 1);

  private final TwoStacks stacks = new TwoStacks();
  private final RecordingPause pause = new RecordingPause();

  @Test
  void ofAKeyOnlyTheValueCanChange() {
    for (Operation operation :
        List.of(
            new Operation.Rename(path(KEY), "other"),
            new Operation.Rename(path("other"), KEY),
            new Operation.Drop(path(KEY)),
            new Operation.Copy(path("other"), path(KEY)))) {
      assertThat(problems(operation))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.where()).isEqualTo(PAIR + ".transform[0]");
                assertThat(problem.what())
                    .isEqualTo(
                        "'id' is a key attribute of 'blue-table' and cannot take part in this "
                            + operation);
              });
    }
    assertThat(problems(new Operation.Copy(path(KEY), path("other")))).isEmpty();
    assertThat(
            ItemTransform.of(tables(new Operation.Copy(path(KEY), path("other"))))
                .changesKeys(List.of(KEY)))
        .isFalse();
    assertThat(ItemTransform.of(tables(replacement(KEY, "a", "b"))).changesKeys(List.of(KEY)))
        .isTrue();
    assertThat(problems(replacement(KEY, "a", "b"))).isEmpty();
  }

  @Test
  void aConstantForAKeyHasItsTypeAndIsNotEmpty() {
    assertThat(what(problems(new Operation.SetValue(path(KEY), new Value.Numeric("1")))))
        .containsExactly("the key attribute 'id' would have another type than S");
    assertThat(what(problems(new Operation.SetValue(path(KEY), new Value.Text("")))))
        .containsExactly("the key attribute 'id' would be empty");
  }

  @Test
  void aKeyOfAnIndexStaysWhereItIs() {
    indexTarget();

    assertThat(what(problems(new Operation.Drop(path("owner")))))
        .containsExactly(
            "'owner' is a key attribute of an index of 'green-table': after this drop of 'owner',"
                + " items would be missing in the index");
    assertThat(what(problems(new Operation.SetValue(path("owner"), new Value.Flag(true)))))
        .containsExactly("the key attribute of an index 'owner' would have another type than S");
    assertThat(problems(new Operation.Rename(path("author"), "owner"))).isEmpty();
  }

  @Test
  void anItemWhoseIndexKeyWouldBeEmptyIsFoundBeforeTheCopy() {
    indexTarget();
    stacks.sourceTable().put(texts(KEY, "1", "owner", "x"), texts(KEY, "2", "owner", "old"));

    assertThat(problems(replacement("owner", "old", "")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).isEqualTo(PAIR + ".transform");
              assertThat(problem.what())
                  .isEqualTo(
                      "an item of table 'blue-table' cannot go to 'green-table': the key attribute"
                          + " of an index 'owner' would be empty (id=2)");
            });
  }

  @Test
  void twoItemsMustNotGetTheSameKey() {
    stacks.sourceTable().put(texts(KEY, "old/1"), texts(KEY, "new/1"), texts(KEY, "x"));

    assertThat(what(problems(replacement(KEY, "old/", "new/"))))
        .singleElement()
        .satisfies(
            what ->
                assertThat(what)
                    .contains("another item has the same key afterwards: id=new/1 (id="));
    assertThat(problems(replacement(KEY, "old/", "newer/"))).isEmpty();
  }

  @Test
  void anOperationThatChangesNothingIsNoted() {
    stacks.sourceTable().put(texts(KEY, "1", "author", "x"));
    Preflight preflight =
        preflight(
            tables(new Operation.Drop(path("autor")), new Operation.Drop(path("author"))),
            Options.defaults());

    assertThat(preflight.check()).isEmpty();
    assertThat(preflight.notes())
        .containsExactly(
            "Table 'blue-table': the drop of 'autor' (transform[0]) changes none of its 1 items."
                + " Check the path if it should.");
  }

  @Test
  void whoseKeysChangeCannotBeMirrored() {
    assertThat(what(check(tables(replacement(KEY, "a", "b")), SYNC.deletingExtraneous())))
        .singleElement()
        .satisfies(what -> assertThat(what).startsWith("it changes keys, so that nobody can tell"));
  }

  @Test
  void anEmptySourceDoesNotEmptyTheTarget() {
    stacks.targetTable().put(texts(KEY, "1"));

    assertThat(what(check(tables(), SYNC.deletingExtraneous())))
        .singleElement()
        .satisfies(
            what ->
                assertThat(what)
                    .startsWith(
                        "the source table 'blue-table' is empty, so that deleteExtraneous would"
                            + " delete all"));
    assertThat(check(tables(), SYNC)).isEmpty();
  }

  @Test
  void toMirrorTheSourceIsReadByKeys() {
    stacks.sourceTable().put(texts(KEY, "1"));

    assertThat(check(tables(), SYNC.deletingExtraneous())).isEmpty();
    assertThat(stacks.sourceTable().calls(Call.GET_ALL)).isEqualTo(1);
  }

  @Test
  void aCeilingMayBeAShareOfWhatIsProvisioned() {
    answer(stacks.sourceTable(), new Capacity(false, 100, 20, 0), Map.of());
    answer(stacks.targetTable(), new Capacity(false, 60, 40, 0), Map.of());
    Preflight preflight = preflight(tables(percent(50), percent(25)), Options.defaults());

    assertThat(preflight.check()).isEmpty();
    assertThat(preflight.ceilings())
        .containsEntry(
            TABLE, new Ceilings(Optional.of(50.0), Optional.of(30.0), Optional.of(10.0)));
    assertThat(preflight.pace(TABLE)).isEqualTo(preflight.ceilings().get(TABLE));
  }

  @Test
  void theRunGetsNoMoreThanWhatIsProvisioned() {
    answer(stacks.sourceTable(), new Capacity(false, 100, 20, 0), Map.of());
    answer(stacks.targetTable(), new Capacity(true, 0, 40, 0), Map.of());
    Preflight preflight = preflight(tables(), Options.defaults());
    preflight.check();

    assertThat(preflight.pace(TABLE))
        .isEqualTo(new Ceilings(Optional.of(100.0), Optional.empty(), Optional.of(40.0)));
  }

  @Test
  void onDemandThereIsNoShare() {
    assertThat(check(tables(percent(50), percent(25)), Options.defaults()))
        .extracting(Problem::line)
        .containsExactly(
            PAIR
                + ".maxReadUnitsPerSecond: 50% of nothing: table 'blue-table' is on demand and has"
                + " no maximum throughput. Write a number of units.",
            PAIR
                + ".maxWriteUnitsPerSecond: 25% of nothing: table 'green-table' is on demand and"
                + " has no maximum throughput. Write a number of units.");
  }

  @Test
  void theSearchKeepsToTheCeiling() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x".repeat(8192)));
    TablePair pair =
        new TablePair(
            TABLE,
            BLUE_TABLE,
            GREEN_TABLE,
            List.of(),
            List.of(new Operation.Drop(path("old"))),
            Optional.empty(),
            Optional.of(new UnitCeiling(1, Scale.UNITS)),
            Optional.empty());

    assertThat(check(pair, Options.defaults())).isEmpty();
    // A page of 8 KB is two units, and the three others are thought to be like it.
    assertThat(pause.waits())
        .isNotEmpty()
        .allMatch(wait -> wait.compareTo(Duration.ZERO) > 0)
        .allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) < 0);
  }

  @Test
  void whatTablesWillDoIsNotedOnceForAll() {
    answer(
        stacks.sourceTable(),
        Capacity.ON_DEMAND,
        Map.of(Feature.TIME_TO_LIVE, true, Feature.DELETION_PROTECTION, true));
    answer(
        stacks.targetTable(),
        Capacity.ON_DEMAND,
        Map.of(
            Feature.TIME_TO_LIVE, true,
            Feature.STREAM, true,
            Feature.POINT_IN_TIME_RECOVERY, false,
            Feature.REPLICAS, true,
            Feature.DELETION_PROTECTION, false));
    Preflight preflight = preflight(tables(), Options.defaults());

    assertThat(preflight.check()).isEmpty();
    assertThat(preflight.notes())
        .satisfiesExactly(
            note ->
                assertThat(note).startsWith("Time to live is on at 'blue-table', 'green-table':"),
            note -> assertThat(note).startsWith("A stream is on at 'green-table':"),
            note -> assertThat(note).startsWith("Point-in-time recovery is off at 'green-table'."),
            note ->
                assertThat(note)
                    .startsWith("There are replicas in other regions of 'green-table':"),
            note ->
                assertThat(note)
                    .startsWith(
                        "Deletion protection is on at the source and off at the target of 'green-table'."));
  }

  @Test
  void whatIsUnknownIsNotNoted() {
    Preflight preflight = preflight(tables(), Options.defaults());

    assertThat(preflight.check()).isEmpty();
    assertThat(preflight.notes()).isEmpty();
  }

  @Test
  void whereItemsOfTheTargetStayAlthoughExtraneousOnesAreDeletedIsNoted() {
    stacks.sourceTable().put(texts(KEY, "1"));
    Options merge =
        new Options(Mode.MIGRATE, IfTargetNotEmpty.MERGE, Order.TOGETHER, 1).deletingExtraneous();
    Preflight kept = preflight(tables(), merge);
    Preflight deleted = preflight(tables(), SYNC.deletingExtraneous());

    assertThat(kept.check()).isEmpty();
    assertThat(kept.notes())
        .singleElement()
        .satisfies(
            note ->
                assertThat(note).startsWith("deleteExtraneous deletes no items of 'green-table':"));
    assertThat(deleted.check()).isEmpty();
    assertThat(deleted.notes()).isEmpty();
  }

  @Test
  void aTableThatTakesLongIsNotedWithWhatToDo() {
    answer(stacks.sourceTable(), Capacity.ON_DEMAND, 36_000_000, 2, Map.of());
    answer(stacks.targetTable(), new Capacity(false, 100, 5_000, 0), 0, 2, Map.of());

    assertThat(notes(tables()))
        .containsExactly(
            "Table 'green-table' needs up to 72,000,000 write units for about 36,000,000 items; with"
                + " 5,000 a second that takes about 4 h 0 min. For a quarter of an hour, provision"
                + " 80,000 write units, or switch the table to on-demand capacity until the run is"
                + " verified. Each of its 2 global indexes takes as many again, of a capacity of its"
                + " own: one that has less slows all down.");
  }

  @Test
  void aNewTableOnDemandStartsSlowly() {
    answer(stacks.sourceTable(), Capacity.ON_DEMAND, 36_000_000, 0, Map.of());

    assertThat(notes(tables()))
        .singleElement()
        .satisfies(
            note ->
                assertThat(note)
                    .contains("with 4,000 a second that takes about 5 h 0 min")
                    .contains("raise its warm throughput to 80,000 write units"));
    answer(stacks.targetTable(), new Capacity(true, 0, 0, 80_000), 0, 0, Map.of());
    assertThat(notes(tables())).isEmpty();
  }

  @Test
  void aCeilingThatTakesLongIsNotedToo() {
    answer(stacks.sourceTable(), Capacity.ON_DEMAND, 1_000_000, 0, Map.of());

    assertThat(notes(tables(new UnitCeiling(100, Scale.UNITS), new UnitCeiling(100, Scale.UNITS))))
        .singleElement()
        .satisfies(note -> assertThat(note).contains("Raise maxWriteUnitsPerSecond, to 2,222"));
  }

  private static TablePair tables(Operation... operations) {
    return TwoStacks.tables(operations);
  }

  private static AttributePath path(String attribute) {
    return AttributePath.of(attribute);
  }

  private static Operation replacement(String attribute, String from, String to) {
    return new Operation.ReplaceValue(path(attribute), from, to, Match.PREFIX);
  }

  private static UnitCeiling percent(int amount) {
    return new UnitCeiling(amount, Scale.PERCENT);
  }

  private static TablePair tables(UnitCeiling reads, UnitCeiling writes) {
    return new TablePair(
        TABLE,
        BLUE_TABLE,
        GREEN_TABLE,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(reads),
        Optional.of(writes));
  }

  private void indexTarget() {
    stacks
        .targetTable()
        .answerLook(
            new Lookup.Found<>(
                new TableFacts(
                    KEYS,
                    List.of(new KeyAttribute("owner", "S"), new KeyAttribute(KEY, "S")),
                    1,
                    0,
                    0,
                    Capacity.ON_DEMAND,
                    Map.of(),
                    List.of())));
  }

  private static void answer(
      InMemoryItemTable table, Capacity capacity, Map<Feature, Boolean> features) {
    answer(table, capacity, 0, 0, features);
  }

  private static void answer(
      InMemoryItemTable table,
      Capacity capacity,
      long items,
      int indexes,
      Map<Feature, Boolean> features) {
    table.answerLook(
        new Lookup.Found<>(
            new TableFacts(
                KEYS, List.of(), indexes, items, items * 1024, capacity, features, List.of())));
  }

  private List<String> notes(TablePair pair) {
    Preflight preflight = preflight(pair, Options.defaults());
    assertThat(preflight.check()).isEmpty();
    return preflight.notes();
  }

  private static List<String> what(List<Problem> problems) {
    return problems.stream().map(Problem::what).toList();
  }

  private List<Problem> problems(Operation... operations) {
    return check(tables(operations), Options.defaults());
  }

  private List<Problem> check(TablePair pair, Options options) {
    return preflight(pair, options).check();
  }

  private Preflight preflight(TablePair pair, Options options) {
    return new Preflight(
        new MigrationSchema("us-east-1", "eu-west-1", List.of(), List.of(pair), options, ""),
        stacks.source(),
        stacks.target(),
        stacks.source(),
        () -> false,
        new Random(1),
        stacks.clock(),
        pause);
  }
}
