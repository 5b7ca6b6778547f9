package dev.vams.migration.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

/**
 * How large the service says an item is, in bytes: names and values, with what maps and lists add
 * (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">item
 * sizes</a>). Of numbers the service documents an approximation only.
 */
public final class ItemSize {

  /**
   * The largest item that a table takes (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">constraints</a>).
   */
  public static final int LARGEST = 400 * 1024;

  private static final int OF_CONTAINER = 3;

  private ItemSize() {}

  /** The size of an item, or of the key of one. */
  public static long of(Item item) {
    return of(item.attributes());
  }

  private static long of(Map<String, Value> entries) {
    long size = 0;
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      size += of(entry.getKey()) + of(entry.getValue());
    }
    return size;
  }

  private static long of(Value value) {
    if (value instanceof Value.Text text) {
      return of(text.text());
    }
    if (value instanceof Value.Numeric number) {
      return ofNumber(number.text());
    }
    if (value instanceof Value.Binary binary) {
      return binary.bytes().length;
    }
    if (value instanceof Value.TextSet set) {
      return set.texts().stream().mapToLong(ItemSize::of).sum();
    }
    if (value instanceof Value.NumericSet set) {
      return set.texts().stream().mapToLong(ItemSize::ofNumber).sum();
    }
    if (value instanceof Value.BinarySet set) {
      return set.binaries().stream().mapToLong(binary -> binary.bytes().length).sum();
    }
    if (value instanceof Value.ListOf list) {
      return OF_CONTAINER + list.elements().size() + of(list.elements());
    }
    if (value instanceof Value.MapOf map) {
      return OF_CONTAINER + map.entries().size() + of(map.entries());
    }
    return 1;
  }

  private static long of(Collection<Value> values) {
    return values.stream().mapToLong(ItemSize::of).sum();
  }

  private static long of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '\u007f') {
        return text.getBytes(UTF_8).length;
      }
    }
    return text.length();
  }

  private static long ofNumber(String number) {
    long digits =
        isInteger(number)
            ? digitsOfInteger(number)
            : new BigDecimal(number).stripTrailingZeros().precision();
    return (digits + 1) / 2 + 1;
  }

  /** Whether it is written in digits only, as most numbers are. */
  private static boolean isInteger(String number) {
    for (int i = 0; i < number.length(); i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return false;
      }
    }
    return !number.isEmpty();
  }

  /** How many there are between leading and trailing zeros; 1 for zero. */
  private static int digitsOfInteger(String number) {
    int end = number.length();
    while (end > 1 && number.charAt(end - 1) == '0') {
      end--;
    }
    int begin = 0;
    while (begin < end - 1 && number.charAt(begin) == '0') {
      begin++;
    }
    return end - begin;
  }
}
