package dev.vams.migration.dynamodb;

import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The core's values and the SDK's, one to one. Nothing is interpreted: numbers keep their text, and
 * bytes are shared, not copied.
 */
final class AttributeValues {
  private AttributeValues() {}

  static Item toItem(Map<String, AttributeValue> attributes) {
    Map<String, Value> values = new LinkedHashMap<>();
    attributes.forEach((name, value) -> values.put(name, toValue(value)));
    return new Item(values);
  }

  static Map<String, AttributeValue> fromItem(Item item) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    item.attributes().forEach((name, value) -> attributes.put(name, fromValue(value)));
    return attributes;
  }

  static Value toValue(AttributeValue value) {
    return switch (value.type()) {
      case S -> new Value.Text(value.s());
      case N -> new Value.Numeric(value.n());
      case B -> binary(value.b());
      case BOOL -> new Value.Flag(value.bool());
      case NUL -> new Value.Null();
      case M -> new Value.MapOf(toItem(value.m()).attributes());
      case L -> new Value.ListOf(value.l().stream().map(AttributeValues::toValue).toList());
      case SS -> new Value.TextSet(new LinkedHashSet<>(value.ss()));
      case NS -> new Value.NumericSet(new LinkedHashSet<>(value.ns()));
      case BS -> {
        Set<Value.Binary> binaries = new LinkedHashSet<>();
        value.bs().forEach(bytes -> binaries.add(binary(bytes)));
        yield new Value.BinarySet(binaries);
      }
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException(
              "an attribute has a type that this release does not know: use a newer release");
    };
  }

  static AttributeValue fromValue(Value value) {
    AttributeValue.Builder builder = AttributeValue.builder();
    if (value instanceof Value.Text text) {
      builder.s(text.text());
    } else if (value instanceof Value.Numeric number) {
      builder.n(number.text());
    } else if (value instanceof Value.Binary binary) {
      builder.b(bytes(binary));
    } else if (value instanceof Value.Flag flag) {
      builder.bool(flag.value());
    } else if (value instanceof Value.Null) {
      builder.nul(true);
    } else if (value instanceof Value.MapOf map) {
      builder.m(fromItem(new Item(map.entries())));
    } else if (value instanceof Value.ListOf list) {
      List<AttributeValue> elements = new ArrayList<>(list.elements().size());
      list.elements().forEach(element -> elements.add(fromValue(element)));
      builder.l(elements);
    } else if (value instanceof Value.TextSet set) {
      builder.ss(set.texts());
    } else if (value instanceof Value.NumericSet set) {
      builder.ns(set.texts());
    } else if (value instanceof Value.BinarySet set) {
      builder.bs(set.binaries().stream().map(AttributeValues::bytes).toList());
    } else {
      throw new IllegalArgumentException("a value without a type");
    }
    return builder.build();
  }

  private static Value.Binary binary(SdkBytes bytes) {
    return new Value.Binary(bytes.asByteArrayUnsafe());
  }

  private static SdkBytes bytes(Value.Binary binary) {
    return SdkBytes.fromByteArrayUnsafe(binary.bytes());
  }
}
