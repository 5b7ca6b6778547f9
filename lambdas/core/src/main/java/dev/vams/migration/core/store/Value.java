package dev.vams.migration.core.store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One attribute value: the ten DynamoDB types, one to one (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>).
 * Nothing is interpreted: numbers keep their text, binaries their bytes. Two sets are equal
 * whatever their order.
 */
public sealed interface Value {

  /** {@code S} */
  record Text(String text) implements Value {}

  /** {@code N}, as the text that the service gave */
  record Numeric(String text) implements Value {}

  /** {@code B}; the bytes are shared, not copied, and must not be changed. */
  @SuppressWarnings("ArrayRecordComponent") // equals and hashCode look at the bytes
  record Binary(byte[] bytes) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Binary[" + bytes.length + " bytes]";
    }
  }

  /** {@code BOOL} */
  record Flag(boolean value) implements Value {}

  /** {@code NULL} */
  record Null() implements Value {}

  /** {@code SS} */
  record TextSet(Set<String> texts) implements Value {}

  /** {@code NS} */
  record NumericSet(Set<String> texts) implements Value {}

  /** {@code BS} */
  record BinarySet(Set<Binary> binaries) implements Value {}

  /** {@code L} */
  record ListOf(List<Value> elements) implements Value {}

  /** {@code M} */
  record MapOf(Map<String, Value> entries) implements Value {}
}
