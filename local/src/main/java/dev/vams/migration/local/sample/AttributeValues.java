package dev.vams.migration.local.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Short spellings of DynamoDB values, so that the sample items read like data. */
final class AttributeValues {

  private AttributeValues() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(String value) {
    return AttributeValue.fromN(value);
  }

  static AttributeValue flag(boolean value) {
    return AttributeValue.fromBool(value);
  }

  static AttributeValue nothing() {
    return AttributeValue.fromNul(true);
  }

  static AttributeValue bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int position = 0; position < values.length; position++) {
      bytes[position] = (byte) values[position];
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  static AttributeValue list(AttributeValue... values) {
    return AttributeValue.fromL(List.of(values));
  }

  /** A map of the names and values given in turn. */
  static AttributeValue map(Object... namesAndValues) {
    return AttributeValue.fromM(item(namesAndValues));
  }

  /** An item of the names and values given in turn; a value may be a string. */
  static Map<String, AttributeValue> item(Object... namesAndValues) {
    Map<String, AttributeValue> item = new HashMap<>();
    for (int position = 0; position < namesAndValues.length; position += 2) {
      Object value = namesAndValues[position + 1];
      item.put(
          (String) namesAndValues[position],
          value instanceof AttributeValue attributeValue ? attributeValue : text((String) value));
    }
    return item;
  }
}
