package dev.vams.migration.core.transform;

import static dev.vams.migration.core.TwoStacks.tables;
import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.digest.ValueArbitraries;
import dev.vams.migration.core.plan.AttributePath;
import dev.vams.migration.core.plan.AttributePath.Step;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Operation.ReplaceValue.Match;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ItemTransformTest {
  private static final Item NESTED =
      item(
          "id", text("1"),
          "info", map("a.b", text("x"), "$db:$asset", text("y")),
          "files", list(map("bucket", text("blue"), "n", number("1")), text("other"), list()));

  @Example
  void withoutOperationsAnItemStaysAsItIs() {
    assertThat(result(NESTED)).isSameAs(NESTED);
  }

  @Example
  void theRenamesOfAttributesComeFirst() {
    TablePair pair =
        new TablePair("t", "from", "to", List.of(new Rename("a", "b"), new Rename("c", "d")))
            .with(List.of(new Operation.Rename(path("b"), "e")));
    ItemTransform transform = ItemTransform.of(pair);

    assertThat(transform.apply(texts("a", "1", "c", "2", "x", "3")))
        .isEqualTo(new Transformed.Ready(texts("e", "1", "d", "2", "x", "3")));
    assertThat(transform.place(1)).isEqualTo("attributes");
    assertThat(transform.place(2)).isEqualTo("transform[0]");
  }

  @Example
  void aRenameGoesIntoMapsAndLists() {
    assertThat(result(NESTED, new Operation.Rename(path("info", "a.b"), "c")))
        .isEqualTo(with("info", map("c", text("x"), "$db:$asset", text("y"))));
    assertThat(result(NESTED, new Operation.Rename(path("files", 0, "bucket"), "name")))
        .isEqualTo(
            with(
                "files", list(map("name", text("blue"), "n", number("1")), text("other"), list())));
  }

  @Example
  void aRenameOntoAnAttributeThatIsThereIsRefused() {
    assertRefused(
        texts("a", "1", "b", "1"),
        new Operation.Rename(path("a"), "b"),
        "rename of 'a' to 'b' would lose a value: the item has both 'a' and 'b'");
    assertRefused(
        item("l", list(map("a", text("1")), map("a", text("1"), "b", text("2")))),
        new Operation.Rename(path("l", EACH, "a"), "b"),
        "rename of 'l/*/a' to 'b' would lose a value: the item has both 'a' and 'b'");
  }

  @Example
  void aDropRemovesWhatIsThere() {
    assertThat(result(NESTED, new Operation.Drop(path("files", 1))))
        .isEqualTo(with("files", list(map("bucket", text("blue"), "n", number("1")), list())));
    assertThat(result(NESTED, new Operation.Drop(path("info", "a.b"))))
        .isEqualTo(with("info", map("$db:$asset", text("y"))));
    assertThat(result(NESTED, new Operation.Drop(path("info", EACH))))
        .isEqualTo(with("info", map()));
    assertThat(result(NESTED, new Operation.Drop(path("files", EACH))))
        .isEqualTo(with("files", list()));
    assertThat(result(texts("a", "1", "b", "2"), new Operation.Drop(path("a"))))
        .isEqualTo(texts("b", "2"));
  }

  @Example
  void aSetPutsAConstantWhereTheMapIs() {
    assertThat(result(texts("a", "1"), new Operation.SetValue(path("b"), text("2"))))
        .isEqualTo(texts("a", "1", "b", "2"));
    assertThat(result(texts("a", "1"), new Operation.SetValue(path("a"), text("2"))))
        .isEqualTo(texts("a", "2"));
    assertThat(result(NESTED, new Operation.SetValue(path("files", EACH, "n"), number("2"))))
        .isEqualTo(
            with(
                "files",
                list(map("bucket", text("blue"), "n", number("2")), text("other"), list())));
    assertThat(result(NESTED, new Operation.SetValue(path("files", 1), text("new"))))
        .isEqualTo(
            with(
                "files", list(map("bucket", text("blue"), "n", number("1")), text("new"), list())));
  }

  @Example
  void aCopyGoesAnywhere() {
    assertThat(result(NESTED, new Operation.Copy(path("files", 0, "bucket"), path("bucket"))))
        .isEqualTo(with("bucket", text("blue")));
    assertThat(result(NESTED, new Operation.Copy(path("id"), path("info", "id"))))
        .isEqualTo(with("info", map("a.b", text("x"), "$db:$asset", text("y"), "id", text("1"))));
    assertRefused(
        NESTED,
        new Operation.Copy(path("id"), path("info", "a.b")),
        "copy of 'id' to 'info/a.b' would lose a value: the item has 'info/a.b' already");
  }

  @Example
  void aReplacementIsOfTextsAlone() {
    Item item =
        item(
            "s", text("blue-1"),
            "n", number("1"),
            "ss", new Value.TextSet(Set.of("blue-1", "blue-2", "x")),
            "l", list(text("blue-1"), text("red")));

    assertThat(result(item, replacement(path("s"), "blue-1", Match.EXACT)).attributes())
        .containsEntry("s", text("green-"));
    assertThat(result(item, replacement(path("s"), "blue-", Match.EXACT))).isSameAs(item);
    assertThat(result(item, replacement(path("s"), "blue-", Match.PREFIX)).attributes())
        .containsEntry("s", text("green-1"));
    assertThat(result(item, replacement(path("ss"), "blue-", Match.PREFIX)).attributes())
        .containsEntry("ss", new Value.TextSet(Set.of("green-1", "green-2", "x")));
    assertThat(result(item, replacement(path("l", EACH), "blue-", Match.PREFIX)).attributes())
        .containsEntry("l", list(text("green-1"), text("red")));
    assertThat(result(item, replacement(path("n"), "1", Match.EXACT))).isSameAs(item);
  }

  @Example
  void whereAPathLeadsNowhereTheItemStaysAsItIs() {
    for (AttributePath nowhere :
        List.of(
            path("missing", "x"),
            path("id", "x"),
            path("id", EACH, "x"),
            path("info", 0),
            path("files", 9),
            path("files", "name"))) {
      assertThat(result(NESTED, new Operation.Drop(nowhere))).isSameAs(NESTED);
      assertThat(result(NESTED, new Operation.SetValue(nowhere, text("x")))).isSameAs(NESTED);
      assertThat(result(NESTED, replacement(nowhere, "x", Match.PREFIX))).isSameAs(NESTED);
    }
    assertThat(result(NESTED, new Operation.Rename(path("missing"), "x"))).isSameAs(NESTED);
    assertThat(result(NESTED, new Operation.Copy(path("missing"), path("id")))).isSameAs(NESTED);
    assertThat(result(NESTED, new Operation.Copy(path("id"), path("missing", "x"))))
        .isSameAs(NESTED);
  }

  @Example
  void operationsAreAppliedInTheirOrder() {
    assertThat(
            result(
                texts("a", "1", "b", "2"),
                new Operation.Drop(path("b")),
                new Operation.Rename(path("a"), "b"),
                new Operation.Copy(path("b"), path("c"))))
        .isEqualTo(texts("b", "1", "c", "1"));
  }

  @Example
  void tellsWhichOperationsChangeAnItem() {
    List<Integer> changed = new ArrayList<>();
    ItemTransform.of(
            tables(
                new Operation.Drop(path("missing")),
                new Operation.Drop(path("a")),
                new Operation.SetValue(path("b"), text("2"))))
        .apply(texts("a", "1", "b", "2"), changed::add);

    assertThat(changed).containsExactly(1);
  }

  @Property(tries = 10_000)
  void aRenameAndItsReverseGiveTheItemBack(@ForAll("items") Item item) {
    Item before = copy(item);
    String name = item.attributes().keySet().iterator().next();
    Assume.that(!item.attributes().containsKey("a new name"));

    Item there = result(item, new Operation.Rename(path(name), "a new name"));

    assertThat(there.attributes()).doesNotContainKey(name).hasSameSizeAs(item.attributes());
    assertThat(result(there, new Operation.Rename(path("a new name"), name))).isEqualTo(before);
    assertThat(item).isEqualTo(before);
  }

  @Property(tries = 10_000)
  void whatNoOperationNamesStaysAsItIs(
      @ForAll("items") Item item, @ForAll("values") Value constant) {
    String name = item.attributes().keySet().iterator().next();
    Map<String, Value> rest = new LinkedHashMap<>(item.attributes());
    rest.remove(name);

    assertThat(result(item, new Operation.Drop(path(name)))).isEqualTo(new Item(rest));
    Map<String, Value> set = new LinkedHashMap<>(item.attributes());
    set.put(name, constant);
    assertThat(result(item, new Operation.SetValue(path(name), constant))).isEqualTo(new Item(set));
  }

  @Property(tries = 10_000)
  void aReplacementKeepsTypesNamesAndSizes(@ForAll("items") Item item) {
    List<Operation> everywhere = new ArrayList<>();
    for (String name : item.attributes().keySet()) {
      everywhere.add(replacement(path(name), "a", Match.PREFIX));
      everywhere.add(replacement(path(name, EACH), "a", Match.PREFIX));
    }
    Item replaced = result(item, everywhere.toArray(Operation[]::new));

    assertThat(replaced.attributes().keySet()).isEqualTo(item.attributes().keySet());
    item.attributes()
        .forEach(
            (name, value) -> {
              assertThat(replaced.attributes().get(name)).hasSameClassAs(value);
              if (value instanceof Value.Text text) {
                String expected =
                    text.text().startsWith("a") ? "green-" + text.text().substring(1) : text.text();
                assertThat(replaced.attributes().get(name)).isEqualTo(text(expected));
              } else if (value instanceof Value.Binary || value instanceof Value.Numeric) {
                assertThat(replaced.attributes().get(name)).isEqualTo(value);
              }
            });
  }

  @Provide
  Arbitrary<Item> items() {
    return ValueArbitraries.items();
  }

  @Provide
  Arbitrary<Value> values() {
    return ValueArbitraries.values();
  }

  private static final Step EACH = new Step.Each();

  private static Item result(Item item, Operation... operations) {
    return ((Transformed.Ready) ItemTransform.of(tables(operations)).apply(item)).item();
  }

  private static void assertRefused(Item item, Operation operation, String reason) {
    assertThat(ItemTransform.of(tables(operation)).apply(item))
        .isEqualTo(new Transformed.Refused(0, reason));
  }

  private static Operation replacement(AttributePath path, String from, Match match) {
    return new Operation.ReplaceValue(path, from, "green-", match);
  }

  private static AttributePath path(Object... steps) {
    return new AttributePath(
        Arrays.stream(steps)
            .map(
                step -> {
                  if (step instanceof Integer index) {
                    return new Step.Index(index);
                  }
                  return step instanceof Step given ? given : new Step.Name((String) step);
                })
            .toList());
  }

  private static Item with(String name, Value value) {
    Map<String, Value> attributes = new LinkedHashMap<>(NESTED.attributes());
    attributes.put(name, value);
    return new Item(attributes);
  }

  private static Item copy(Item item) {
    return new Item(new LinkedHashMap<>(item.attributes()));
  }

  private static Item item(Object... namesAndValues) {
    return new Item(map(namesAndValues).entries());
  }

  private static Value.MapOf map(Object... namesAndValues) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    }
    return new Value.MapOf(entries);
  }

  private static Value list(Value... elements) {
    return new Value.ListOf(List.of(elements));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static Value number(String text) {
    return new Value.Numeric(text);
  }
}
