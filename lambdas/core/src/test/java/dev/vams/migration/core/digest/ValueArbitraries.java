package dev.vams.migration.core.digest;

import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Any items, of all ten types at small depths. Edge cases are switched off: those of nested values
 * multiply, and take minutes to find.
 */
public final class ValueArbitraries {
  private ValueArbitraries() {}

  /** Items with at least one attribute. */
  public static Arbitrary<Item> items() {
    return Arbitraries.maps(names(), values())
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(Item::new)
        .withoutEdgeCases();
  }

  /** Values, up to three levels deep. */
  public static Arbitrary<Value> values() {
    return values(2).withoutEdgeCases();
  }

  private static Arbitrary<Value> values(int depth) {
    Arbitrary<Value> plain =
        Arbitraries.oneOf(
            texts().map(Value.Text::new),
            numbers().map(Value.Numeric::new),
            binaries().map(binary -> binary),
            Arbitraries.of(true, false).map(Value.Flag::new),
            Arbitraries.just(new Value.Null()),
            texts().set().ofMinSize(1).ofMaxSize(4).map(Value.TextSet::new),
            integers().set().ofMinSize(1).ofMaxSize(4).map(Value.NumericSet::new),
            binaries().set().ofMinSize(1).ofMaxSize(4).map(Value.BinarySet::new));
    if (depth == 0) {
      return plain;
    }
    Arbitrary<Value> inner = values(depth - 1).withoutEdgeCases();
    return Arbitraries.frequencyOf(
        Tuple.of(4, plain),
        Tuple.of(1, inner.list().ofMaxSize(3).map(Value.ListOf::new)),
        Tuple.of(1, Arbitraries.maps(names(), inner).ofMaxSize(3).map(Value.MapOf::new)));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .alpha()
        .withChars('.', '\u00e9', '\uff5e')
        .ofMinLength(1)
        .ofMaxLength(4);
  }

  /** No lone surrogates: they have no UTF-8 form, and no service takes them. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('\u00e9', '\uff5e')
        .ofMaxLength(8);
  }

  private static Arbitrary<String> numbers() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.valueOf(-1_000_000), BigDecimal.valueOf(1_000_000))
        .ofScale(3)
        .map(Object::toString);
  }

  private static Arbitrary<String> integers() {
    return Arbitraries.integers().map(Object::toString);
  }

  private static Arbitrary<Value.Binary> binaries() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(8).map(Value.Binary::new);
  }
}
