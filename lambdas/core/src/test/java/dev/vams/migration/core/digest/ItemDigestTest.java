package dev.vams.migration.core.digest;

import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The test vectors were computed by a separate program from the description of the encoding. */
class ItemDigestTest {
  private final ItemDigest digest = new ItemDigest();

  @Example
  void ofAnItemWithoutAttributes() {
    assertDigest(
        new Item(Map.of()), "f1aaaed143d52fc31a96447a0bbfd3a28013c038ec18daa1e4dca9cefe1988bf");
  }

  @Example
  void ofAText() {
    assertDigest(
        texts("id", "1"), "9f09e5152df6166601630098c97b08104f6bbfdb9851d3dcfb1a88d52be97a19");
  }

  @Example
  void ofNumbers() {
    assertNumber("-12.50", "35dd556c46bb8e13ecd1e28af233fda6fdafa8ed50b40f43a5b3003dcbc12e4b");
    assertNumber("0", "a1844542c319308c5b0b3f92e0080acdcb0a6cae51cf0c630383e6e11e155f1e");
    assertNumber("1000", "7b50e52f1224cb22901115052d090b6d63dad939ed32cd1bfb2af9208c602b5a");
  }

  @Example
  void ofAnItemWithAllTenTypes() {
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put("S", new Value.Text("caf\u00e9 \ud83d\ude80"));
    attributes.put("N", new Value.Numeric("0.1"));
    attributes.put("B", binary(0, 0xff));
    attributes.put("BOOL", new Value.Flag(true));
    attributes.put("NULL", new Value.Null());
    attributes.put("SS", new Value.TextSet(Set.of("b", "a")));
    attributes.put("NS", new Value.NumericSet(Set.of("10", "9")));
    attributes.put("BS", new Value.BinarySet(Set.of(binary(2), binary(1, 1))));
    attributes.put("L", new Value.ListOf(List.of(new Value.Flag(false), new Value.Text(""))));
    attributes.put(
        "M",
        new Value.MapOf(
            Map.of("\ud83d\ude80", new Value.Null(), "\uff5e", new Value.Numeric("1"))));

    assertDigest(
        new Item(attributes), "02edd788f1dedc1b5c3553f948d0129a3da1ae4405d664b4ba5fce9fa9dc3e3c");
  }

  @Example
  void ofALine() {
    assertThat(HexFormat.of().formatHex(digest.of("a/b\u000012\u0000abc")))
        .isEqualTo("ebc2e7fae17bbf6d1ff57ac9aea174c86bb58a7147af6e40d0966639b82c9e16");
  }

  @Example
  void aNumberMayBeWrittenInAnyWay() {
    assertThat(List.of("1", "1.0", "1.00", "1E0", "0.1E1", "10E-1", "+1"))
        .allSatisfy(number -> assertThat(number(number)).isEqualTo(number("1")));
    assertThat(List.of("0", "0.0", "-0", "0E5"))
        .allSatisfy(number -> assertThat(number(number)).isEqualTo(number("0")));
    assertThat(number("1000")).isEqualTo(number("1E3"));
    assertThat(number("1")).isNotEqualTo(number("-1"));
    assertThat(number("1")).isNotEqualTo(number("10"));
  }

  @Property(tries = 10_000)
  void anIntegerIsTheSameInDigitsAlone(
      @ForAll @LongRange(max = 1_000_000) long number, @ForAll @IntRange(max = 20) int zeros) {
    String digits = number + "0".repeat(zeros);

    assertThat(number(digits)).isEqualTo(number(digits + ".0"));
  }

  @Example
  void neighbouringTextsDoNotRunIntoEachOther() {
    assertThat(digest.of(texts("ab", "c"))).isNotEqualTo(digest.of(texts("a", "bc")));
    assertThat(list("ab", "c")).isNotEqualTo(list("a", "bc"));
  }

  @Example
  void theSameContentOfAnotherTypeIsAnotherDigest() {
    List<Value> similar =
        List.of(
            new Value.Text("1"),
            new Value.Numeric("1"),
            new Value.Binary(new byte[] {'1'}),
            new Value.TextSet(Set.of("1")),
            new Value.NumericSet(Set.of("1")),
            new Value.BinarySet(Set.of(new Value.Binary(new byte[] {'1'}))),
            new Value.ListOf(List.of(new Value.Text("1"))),
            new Value.MapOf(Map.of("1", new Value.Text("1"))),
            new Value.Flag(true),
            new Value.Flag(false),
            new Value.Null(),
            new Value.Text(""),
            new Value.Binary(new byte[0]),
            new Value.ListOf(List.of()),
            new Value.MapOf(Map.of()));

    assertThat(similar.stream().map(value -> hex(new Item(Map.of("v", value)))))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 10_000)
  void theOrderOfAttributesAndMembersDoesNotMatter(
      @ForAll("items") Item item, @ForAll Random random) {
    assertThat(digest.of(shuffled(item, random))).isEqualTo(digest.of(item));
  }

  @Property(tries = 10_000)
  void anotherValueTypeOrNameIsAnotherDigest(
      @ForAll("items") Item item, @ForAll("values") Value other) {
    String name = item.attributes().keySet().iterator().next();
    Map<String, Value> changed = new LinkedHashMap<>(item.attributes());
    Value before = changed.put(name, other);
    Assume.that(!isSameContent(before, other));

    assertThat(digest.of(new Item(changed))).isNotEqualTo(digest.of(item));

    Map<String, Value> renamed = new LinkedHashMap<>(item.attributes());
    renamed.put(name + "'", renamed.remove(name));
    assertThat(digest.of(new Item(renamed))).isNotEqualTo(digest.of(item));

    Map<String, Value> shortened = new LinkedHashMap<>(item.attributes());
    shortened.remove(name);
    assertThat(digest.of(new Item(shortened))).isNotEqualTo(digest.of(item));
  }

  @Property(tries = 10_000)
  void sumsOfShuffledPartsAreEqual(@ForAll("manyItems") List<Item> items, @ForAll Random random) {
    List<Item> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, random);
    int cut = random.nextInt(shuffled.size() + 1);

    DigestSum parts =
        sum(shuffled.subList(cut, shuffled.size())).plus(sum(shuffled.subList(0, cut)));

    assertThat(parts).isEqualTo(sum(items));
  }

  /** At any depth: a value, a type or a name. */
  @Property(tries = 10_000)
  void anySingleFlipIsAnotherDigest(@ForAll("items") Item item, @ForAll Random random) {
    Item flipped = new Item(flipped(item.attributes(), random));

    assertThat(digest.of(flipped)).isNotEqualTo(digest.of(item));
  }

  private static Map<String, Value> flipped(Map<String, Value> entries, Random random) {
    List<String> names = new ArrayList<>(entries.keySet());
    String name = names.get(random.nextInt(names.size()));
    Map<String, Value> changed = new LinkedHashMap<>(entries);
    if (random.nextInt(4) == 0) {
      changed.put(name + "'", changed.remove(name));
    } else {
      changed.put(name, flipped(entries.get(name), random));
    }
    return changed;
  }

  private static Value flipped(Value value, Random random) {
    if (value instanceof Value.MapOf map && !map.entries().isEmpty()) {
      return new Value.MapOf(flipped(map.entries(), random));
    }
    if (value instanceof Value.ListOf list && !list.elements().isEmpty()) {
      List<Value> elements = new ArrayList<>(list.elements());
      int index = random.nextInt(elements.size());
      elements.set(index, flipped(elements.get(index), random));
      return new Value.ListOf(elements);
    }
    return random.nextBoolean() ? otherType(value) : otherContent(value);
  }

  private static Value otherType(Value value) {
    if (value instanceof Value.Text text) {
      return new Value.Binary(text.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    if (value instanceof Value.TextSet set) {
      return new Value.ListOf(set.texts().stream().<Value>map(Value.Text::new).toList());
    }
    if (value instanceof Value.NumericSet set) {
      return new Value.TextSet(set.texts());
    }
    return new Value.Text(value instanceof Value.Numeric number ? number.text() : "x");
  }

  private static Value otherContent(Value value) {
    if (value instanceof Value.Text text) {
      return new Value.Text(text.text() + "x");
    }
    if (value instanceof Value.Numeric number) {
      return new Value.Numeric(
          new BigDecimal(number.text()).add(BigDecimal.valueOf(1, 3)).toString());
    }
    if (value instanceof Value.Flag flag) {
      return new Value.Flag(!flag.value());
    }
    if (value instanceof Value.Binary binary) {
      return new Value.Binary(Arrays.copyOf(binary.bytes(), binary.bytes().length + 1));
    }
    if (value instanceof Value.TextSet set) {
      Set<String> members = new LinkedHashSet<>(set.texts());
      members.add("longer than any other");
      return new Value.TextSet(members);
    }
    if (value instanceof Value.NumericSet set) {
      Set<String> members = new LinkedHashSet<>(set.texts());
      members.add("0.5");
      return new Value.NumericSet(members);
    }
    if (value instanceof Value.BinarySet set) {
      Set<Value.Binary> members = new LinkedHashSet<>(set.binaries());
      members.add(new Value.Binary(new byte[20]));
      return new Value.BinarySet(members);
    }
    return new Value.Flag(true);
  }

  @Provide
  Arbitrary<Value> values() {
    return ValueArbitraries.values();
  }

  @Provide
  Arbitrary<Item> items() {
    return ValueArbitraries.items();
  }

  @Provide
  Arbitrary<List<Item>> manyItems() {
    return ValueArbitraries.items().list().ofMaxSize(10);
  }

  private DigestSum sum(List<Item> items) {
    DigestSum.Accumulator sum = new DigestSum.Accumulator();
    items.forEach(item -> sum.add(digest.of(item)));
    return sum.sum();
  }

  private static boolean isSameContent(Value left, Value right) {
    if (left instanceof Value.Numeric a && right instanceof Value.Numeric b) {
      return new BigDecimal(a.text()).compareTo(new BigDecimal(b.text())) == 0;
    }
    return left.equals(right);
  }

  private static Item shuffled(Item item, Random random) {
    return new Item(shuffled(item.attributes(), random));
  }

  private static Map<String, Value> shuffled(Map<String, Value> entries, Random random) {
    Map<String, Value> result = new LinkedHashMap<>();
    for (String name : shuffled(entries.keySet(), random)) {
      result.put(name, shuffled(entries.get(name), random));
    }
    return result;
  }

  private static Value shuffled(Value value, Random random) {
    if (value instanceof Value.MapOf map) {
      return new Value.MapOf(shuffled(map.entries(), random));
    }
    if (value instanceof Value.ListOf list) {
      return new Value.ListOf(
          list.elements().stream().map(element -> shuffled(element, random)).toList());
    }
    if (value instanceof Value.TextSet set) {
      return new Value.TextSet(shuffled(set.texts(), random));
    }
    if (value instanceof Value.NumericSet set) {
      return new Value.NumericSet(shuffled(set.texts(), random));
    }
    if (value instanceof Value.BinarySet set) {
      return new Value.BinarySet(shuffled(set.binaries(), random));
    }
    return value;
  }

  private static <T> Set<T> shuffled(Set<T> members, Random random) {
    List<T> order = new ArrayList<>(members);
    Collections.shuffle(order, random);
    return new LinkedHashSet<>(order);
  }

  private void assertNumber(String number, String hex) {
    assertDigest(new Item(Map.of("n", new Value.Numeric(number))), hex);
  }

  private void assertDigest(Item item, String hex) {
    assertThat(hex(item)).isEqualTo(hex);
  }

  private String hex(Item item) {
    return HexFormat.of().formatHex(digest.of(item));
  }

  private byte[] number(String number) {
    return digest.of(new Item(Map.of("n", new Value.Numeric(number))));
  }

  private byte[] list(String... texts) {
    List<Value> elements = Arrays.stream(texts).<Value>map(Value.Text::new).toList();
    return digest.of(new Item(Map.of("l", new Value.ListOf(elements))));
  }

  private static Value.Binary binary(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return new Value.Binary(content);
  }
}
