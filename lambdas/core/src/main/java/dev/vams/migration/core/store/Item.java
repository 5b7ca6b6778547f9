package dev.vams.migration.core.store;

import static java.util.stream.Collectors.joining;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One item, or the key of one.
 *
 * @param attributes value by attribute name
 */
public record Item(Map<String, Value> attributes) {

  /**
   * The attributes that make up the item's key.
   *
   * @param keyNames the key attributes of the table, partition key first
   */
  public Item key(List<String> keyNames) {
    Map<String, Value> key = new LinkedHashMap<>();
    for (String name : keyNames) {
      key.put(name, attributes.get(name));
    }
    return new Item(key);
  }

  /** The key in a form for people, such as {@code databaseId=plant, assetId=x1}. */
  public static String describe(Item key) {
    return key.attributes().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
        .collect(joining(", "));
  }

  private static String text(Value value) {
    if (value instanceof Value.Text text) {
      return text.text();
    }
    if (value instanceof Value.Numeric number) {
      return number.text();
    }
    if (value instanceof Value.Binary binary) {
      return Base64.getEncoder().encodeToString(binary.bytes());
    }
    return String.valueOf(value);
  }
}
