package dev.vams.migration.core.store;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * What the plan needs to know of a table.
 *
 * @param keys the key attributes, partition key first
 * @param approximateItems the service's own count, refreshed about every six hours: good enough to
 *     choose segments by, never to verify by (<a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html">TableDescription</a>)
 * @param approximateBytes the size that belongs to it
 */
public record TableFacts(List<KeyAttribute> keys, long approximateItems, long approximateBytes) {

  /**
   * One key attribute.
   *
   * @param name the attribute
   * @param type {@code S}, {@code N} or {@code B}
   */
  public record KeyAttribute(String name, String type) {}

  /** Takes a copy of the list. */
  public TableFacts {
    keys = List.copyOf(keys);
  }

  /** The names of the key attributes, partition key first. */
  public List<String> keyNames() {
    return keys.stream().map(KeyAttribute::name).toList();
  }

  /** The key for people, such as {@code databaseId (S), assetId (S)}. */
  public String describeKeys() {
    return keys.stream().map(key -> key.name() + " (" + key.type() + ")").collect(joining(", "));
  }
}
