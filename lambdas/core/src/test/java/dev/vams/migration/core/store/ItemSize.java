package dev.vams.migration.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How large an item is, about: <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">item
 * sizes</a>.
 */
final class ItemSize {
  private ItemSize() {}

  static long of(Item item) {
    return item.attributes().entrySet().stream()
        .mapToLong(entry -> bytes(entry.getKey()) + of(entry.getValue()))
        .sum();
  }

  private static long of(Value value) {
    if (value instanceof Value.Text text) {
      return bytes(text.text());
    }
    if (value instanceof Value.Numeric number) {
      return bytes(number.text());
    }
    if (value instanceof Value.Binary binary) {
      return binary.bytes().length;
    }
    if (value instanceof Value.TextSet set) {
      return set.texts().stream().mapToLong(ItemSize::bytes).sum();
    }
    if (value instanceof Value.NumericSet set) {
      return set.texts().stream().mapToLong(ItemSize::bytes).sum();
    }
    if (value instanceof Value.BinarySet set) {
      return set.binaries().stream().mapToLong(ItemSize::of).sum();
    }
    if (value instanceof Value.ListOf list) {
      return list.elements().stream().mapToLong(ItemSize::of).sum();
    }
    if (value instanceof Value.MapOf map) {
      return of(new Item(map.entries()));
    }
    return 1;
  }

  private static long bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
