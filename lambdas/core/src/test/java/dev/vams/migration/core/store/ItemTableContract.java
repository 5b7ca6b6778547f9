package dev.vams.migration.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every item table does. */
public interface ItemTableContract {

  KeyAttribute ID = new KeyAttribute("id", "S");

  /** Creates an empty table of a name not used before. */
  ItemTable newTable(KeyAttribute... keys);

  /** A table that does not exist. */
  ItemTable missingTable();

  @Test
  default void findsATableAndItsKeyWithThePartitionKeyFirst() {
    KeyAttribute z = new KeyAttribute("z", "N");
    KeyAttribute a = new KeyAttribute("a", "B");

    assertThat(newTable(z, a).look())
        .isInstanceOfSatisfying(
            Lookup.Found.class,
            found -> assertThat(((TableFacts) found.value()).keys()).containsExactly(z, a));
  }

  @Test
  default void aMissingTableIsMissing() {
    assertThat(missingTable().look()).isInstanceOf(Lookup.Missing.class);
  }

  @Test
  default void aMissingTableStopsTheRun() {
    ItemTable missing = missingTable();
    Item item = item("1");

    assertStops(() -> InFlight.await(missing.isEmpty()));
    assertStops(() -> InFlight.await(missing.scan(0, 1, Optional.empty())));
    assertStops(() -> InFlight.await(missing.putAll(List.of(item))));
    assertStops(() -> InFlight.await(missing.putIfAbsent(item, List.of("id"))));
    assertStops(() -> InFlight.await(missing.getAll(List.of(item))));
    assertStops(() -> InFlight.await(missing.tryPutAll(item)));
    assertStops(() -> InFlight.await(missing.tryPutIfAbsent(item)));
  }

  @Test
  default void isEmptyUntilSomethingIsPut() {
    ItemTable table = newTable(ID);
    assertThat(InFlight.await(table.isEmpty())).isTrue();

    put(table, item("1"));

    assertThat(InFlight.await(table.isEmpty())).isFalse();
  }

  @Test
  default void anEmptyTableIsOneEmptyPage() {
    assertThat(InFlight.await(newTable(ID).scan(0, 1, Optional.empty())))
        .satisfies(
            page -> {
              assertThat(page.items()).isEmpty();
              assertThat(page.lastKey()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  default void segmentsAreDisjointAndTogetherTheWholeTable(int totalSegments) {
    ItemTable table = newTable(ID);
    List<Item> items = IntStream.range(0, 40).mapToObj(i -> item("item-" + i)).toList();
    items.forEach(item -> put(table, item));

    List<Item> scanned = new ArrayList<>();
    for (int segment = 0; segment < totalSegments; segment++) {
      scanned.addAll(scan(table, segment, totalSegments));
    }

    assertThat(scanned).containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  default void aLongScanGoesOnWhereThePageBeforeEnded() {
    ItemTable table = newTable(ID);
    String large = "x".repeat(300_000);
    List<String> ids = IntStream.range(0, 8).mapToObj(i -> "large-" + i).toList();
    ids.forEach(id -> put(table, new Item(Map.of("id", text(id), "content", text(large)))));

    ItemPage first = InFlight.await(table.scan(0, 1, Optional.empty()));

    assertThat(first.items()).hasSizeLessThan(8);
    assertThat(first.lastKey().orElseThrow().attributes()).containsOnlyKeys("id");
    assertThat(scan(table, 0, 1))
        .extracting(item -> ((Value.Text) item.attributes().get("id")).text())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  default void aPageHasNoMoreItemsThanWereAskedFor() {
    ItemTable table = newTable(ID);
    List<Item> items = IntStream.range(0, 5).mapToObj(i -> item("item-" + i)).toList();
    items.forEach(item -> put(table, item));

    ItemPage first = InFlight.await(table.scan(0, 1, Optional.empty(), 2));
    ItemPage second = InFlight.await(table.scan(0, 1, first.lastKey(), 2));
    ItemPage third = InFlight.await(table.scan(0, 1, second.lastKey(), 2));

    assertThat(first.items()).hasSize(2);
    assertThat(second.items()).hasSize(2);
    assertThat(third.lastKey()).isEmpty();
    assertThat(Stream.of(first, second, third).flatMap(page -> page.items().stream()))
        .containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  default void keepsAllTenTypesAtAnyDepth() {
    ItemTable table = newTable(ID);
    Map<String, Value> everyType =
        Map.of(
            "S", text("text"),
            "N", new Value.Numeric("-12.5"),
            "B", new Value.Binary(new byte[] {0, 1, (byte) 0xff}),
            "BOOL", new Value.Flag(false),
            "NULL", new Value.Null(),
            "SS", new Value.TextSet(Set.of("a", "b")),
            "NS", new Value.NumericSet(Set.of("1", "2.5")),
            "BS", new Value.BinarySet(Set.of(new Value.Binary(new byte[] {7}))),
            "L", new Value.ListOf(List.of(new Value.Flag(true), new Value.Null())),
            "M", new Value.MapOf(Map.of("in.side", new Value.Numeric("1"))));
    Value nested = new Value.MapOf(everyType);
    for (int depth = 0; depth < 10; depth++) {
      nested = new Value.MapOf(Map.of("deeper", new Value.ListOf(List.of(nested, text("x")))));
    }
    Item item =
        new Item(Map.of("id", text("1"), "top", new Value.MapOf(everyType), "deep", nested));

    put(table, item);

    assertThat(scan(table, 0, 1)).containsExactly(item);
    assertThat(InFlight.await(table.getAll(List.of(item("1")))).items()).containsExactly(item);
  }

  @Test
  default void keepsEmptyTextsBinariesListsAndMaps() {
    ItemTable table = newTable(ID);
    Item item =
        new Item(
            Map.of(
                "id", text("1"),
                "S", text(""),
                "B", new Value.Binary(new byte[0]),
                "L", new Value.ListOf(List.of()),
                "M", new Value.MapOf(Map.of())));

    put(table, item);

    assertThat(scan(table, 0, 1)).containsExactly(item);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "0.1",
        "3.14159",
        "1000000000000000000000",
        "12345678901234567890123456789012345678",
        "0.0000000000000000000000000000000000001"
      })
  default void keepsTheTextOfANumber(String number) {
    ItemTable table = newTable(ID);
    Item item = new Item(Map.of("id", text("1"), "number", new Value.Numeric(number)));

    put(table, item);

    assertThat(scan(table, 0, 1)).containsExactly(item);
  }

  @Test
  default void keepsOddNamesAndTexts() {
    ItemTable table = newTable(ID);
    Item item =
        new Item(
            Map.of(
                "id", text("\ud83d\ude80 \u0001\n\u00e9"),
                "asset.version", text("dot"),
                "#name", text("hash"),
                "with space", text("space"),
                "\u6f22\u5b57", text("\u6f22")));

    put(table, item);

    assertThat(scan(table, 0, 1)).containsExactly(item);
  }

  @Test
  default void putsOverWhatIsThere() {
    ItemTable table = newTable(ID);
    put(table, new Item(Map.of("id", text("1"), "old", text("x"))));
    Item replacement = new Item(Map.of("id", text("1"), "new", text("y")));

    put(table, replacement);
    put(table, replacement);

    assertThat(scan(table, 0, 1)).containsExactly(replacement);
  }

  @Test
  default void takesAFullBatch() {
    ItemTable table = newTable(ID);
    List<Item> batch = IntStream.range(0, 25).mapToObj(i -> item("item-" + i)).toList();

    assertThat(InFlight.await(table.putAll(batch))).isEqualTo(new BatchResult.Taken(List.of(), 25));

    assertThat(scan(table, 0, 1)).containsExactlyInAnyOrderElementsOf(batch);
  }

  @Test
  default void oneItemTooLargeRefusesTheWholeBatch() {
    ItemTable table = newTable(ID);
    Item tooLarge = new Item(Map.of("id", text("2"), "content", text("x".repeat(410_000))));

    BatchResult result = InFlight.await(table.putAll(List.of(item("1"), tooLarge)));

    assertThat(result)
        .isInstanceOfSatisfying(
            BatchResult.Refused.class,
            refused -> {
              assertThat(refused.error().code()).isEqualTo("ValidationException");
              assertThat(refused.error().scope()).isEqualTo(StoreError.Scope.ENTRY);
            });
    assertThat(scan(table, 0, 1)).isEmpty();
  }

  @Test
  default void anItemWithoutItsKeyRefusesTheBatch() {
    BatchResult result =
        InFlight.await(newTable(ID).putAll(List.of(new Item(Map.of("other", text("1"))))));

    assertThat(result).isInstanceOf(BatchResult.Refused.class);
  }

  @Test
  default void putsOnlyWhereThereIsNone() {
    ItemTable table = newTable(ID);
    Item first = new Item(Map.of("id", text("1"), "value", text("first")));
    Item second = new Item(Map.of("id", text("1"), "value", text("second")));

    assertThat(InFlight.await(table.putIfAbsent(first, List.of("id"))))
        .isEqualTo(new PutResult.Put(1));
    assertThat(InFlight.await(table.putIfAbsent(second, List.of("id"))))
        .isEqualTo(new PutResult.Exists(first));
    assertThat(scan(table, 0, 1)).containsExactly(first);
  }

  @Test
  default void theSameValueOfOneKeyAttributeIsNotTheSameItem() {
    ItemTable table = newTable(ID, new KeyAttribute("version", "N"));
    List<String> keyNames = List.of("id", "version");
    Item one = new Item(Map.of("id", text("1"), "version", new Value.Numeric("1")));
    Item two = new Item(Map.of("id", text("1"), "version", new Value.Numeric("2")));

    assertThat(InFlight.await(table.putIfAbsent(one, keyNames))).isEqualTo(new PutResult.Put(1));
    assertThat(InFlight.await(table.putIfAbsent(two, keyNames))).isEqualTo(new PutResult.Put(1));
  }

  @Test
  default void putIfAbsentRefusesAnItemTooLarge() {
    Item tooLarge = new Item(Map.of("id", text("2"), "content", text("x".repeat(410_000))));

    assertThat(InFlight.await(newTable(ID).putIfAbsent(tooLarge, List.of("id"))))
        .isInstanceOfSatisfying(
            PutResult.Refused.class,
            refused -> assertThat(refused.error().code()).isEqualTo("ValidationException"));
  }

  @Test
  default void getsWhatExistsByItsKey() {
    ItemTable table = newTable(ID);
    Item one = new Item(Map.of("id", text("1"), "value", text("x")));
    put(table, one);

    ItemBatch batch = InFlight.await(table.getAll(List.of(item("1"), item("missing"))));

    assertThat(batch.items()).containsExactly(one);
    assertThat(batch.unprocessedKeys()).isEmpty();
    assertThat(batch.units()).isGreaterThanOrEqualTo(1);
  }

  @Test
  default void deletesWhatExistsByItsKey() {
    ItemTable table = newTable(ID);
    put(table, item("1"));
    put(table, item("2"));

    assertThat(InFlight.await(table.deleteAll(List.of(item("1"), item("missing")))))
        .isInstanceOfSatisfying(
            BatchResult.Taken.class, taken -> assertThat(taken.unprocessed()).isEmpty());
    assertThat(scan(table, 0, 1)).containsExactly(item("2"));
  }

  @Test
  default void getsAFullBatchOfKeys() {
    ItemTable table = newTable(ID);
    List<Item> items = IntStream.range(0, 100).mapToObj(i -> item("item-" + i)).toList();
    items.forEach(item -> put(table, item));

    List<Item> found = new ArrayList<>();
    List<Item> left = items;
    while (!left.isEmpty()) {
      ItemBatch batch = InFlight.await(table.getAll(left));
      found.addAll(batch.items());
      left = batch.unprocessedKeys();
    }

    assertThat(new HashSet<>(found)).isEqualTo(new HashSet<>(items));
  }

  private static Item item(String id) {
    return new Item(Map.of("id", text(id)));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"S", "N", "B"})
  default void tryingToWriteChangesNothing(String type) {
    KeyAttribute key = new KeyAttribute("id", type);
    ItemTable table = newTable(key);
    Item absent =
        new Item(
            Map.of(
                "id",
                switch (type) {
                  case "N" -> new Value.Numeric("7");
                  case "B" -> new Value.Binary(new byte[] {7});
                  default -> new Value.Text("7");
                }));

    InFlight.await(table.tryPutAll(absent));
    InFlight.await(table.tryPutIfAbsent(absent));

    assertThat(InFlight.await(table.isEmpty())).isTrue();
  }

  private static void put(ItemTable table, Item item) {
    assertThat(InFlight.await(table.putAll(List.of(item))))
        .isInstanceOfSatisfying(
            BatchResult.Taken.class, taken -> assertThat(taken.unprocessed()).isEmpty());
  }

  private static List<Item> scan(ItemTable table, int segment, int totalSegments) {
    List<Item> items = new ArrayList<>();
    Optional<Item> startAfter = Optional.empty();
    do {
      ItemPage page = InFlight.await(table.scan(segment, totalSegments, startAfter));
      items.addAll(page.items());
      startAfter = page.lastKey();
    } while (startAfter.isPresent());
    return items;
  }

  private static void assertStops(Runnable call) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.error().code()).isEqualTo("ResourceNotFoundException"))
        .satisfies(e -> assertThat(e.error().scope()).isEqualTo(StoreError.Scope.RUN));
  }
}
