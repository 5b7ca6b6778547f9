package dev.vams.migration.core.store;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;

/**
 * What the plan needs to know of a table.
 *
 * @param keys the key attributes, partition key first
 * @param indexKeys the key attributes of the table's indexes, each once
 * @param globalIndexes how many global secondary indexes there are: each write may cost as much
 *     again in each of them
 * @param approximateItems the service's own count, refreshed about every six hours: good enough to
 *     choose segments by, never to verify by (<a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html">TableDescription</a>)
 * @param approximateBytes the size that belongs to it
 * @param capacity how much may be read and written
 * @param features whether each feature is switched on; one that is absent could not be looked at
 * @param unseen what could not be looked at, and why, one line each
 */
public record TableFacts(
    List<KeyAttribute> keys,
    List<KeyAttribute> indexKeys,
    int globalIndexes,
    long approximateItems,
    long approximateBytes,
    Capacity capacity,
    Map<Feature, Boolean> features,
    List<String> unseen) {

  private static final long USUAL_ITEM_BYTES = 1024;

  /**
   * One key attribute.
   *
   * @param name the attribute
   * @param type {@code S}, {@code N} or {@code B}
   */
  public record KeyAttribute(String name, String type) {}

  /**
   * How much may be read and written within a second.
   *
   * @param isOnDemand whether the table is paid by request
   * @param readUnits what is provisioned; on demand, the maximum that somebody has set, 0 for none
   * @param writeUnits likewise
   * @param warmWriteUnits what the table can take at once, 0 if that is not known (<a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html">warm
   *     throughput</a>)
   */
  public record Capacity(boolean isOnDemand, long readUnits, long writeUnits, long warmWriteUnits) {

    /** Of a table on demand of which no more is known. */
    public static final Capacity ON_DEMAND = new Capacity(true, 0, 0, 0);
  }

  /** What a table may have switched on. */
  public enum Feature {
    /** Changes are streamed, perhaps to functions. */
    STREAM,
    /** Items are deleted when their time has come. */
    TIME_TO_LIVE,
    /** The table can be restored as it was at any time of the last days. */
    POINT_IN_TIME_RECOVERY,
    /** The table cannot be deleted. */
    DELETION_PROTECTION,
    /** There are replicas in other regions. */
    REPLICAS
  }

  /** Takes copies of the collections. */
  public TableFacts {
    keys = List.copyOf(keys);
    indexKeys = List.copyOf(indexKeys);
    features = Map.copyOf(features);
    unseen = List.copyOf(unseen);
  }

  /** A table on demand, without indexes and features. */
  public TableFacts(List<KeyAttribute> keys, long approximateItems, long approximateBytes) {
    this(
        keys,
        List.of(),
        0,
        approximateItems,
        approximateBytes,
        Capacity.ON_DEMAND,
        Map.of(),
        List.of());
  }

  /** Whether a feature is known to be on. */
  public boolean has(Feature feature) {
    return features.getOrDefault(feature, false);
  }

  /** Whether a feature is known to be off. */
  public boolean lacks(Feature feature) {
    return !features.getOrDefault(feature, true);
  }

  /** About how large an item is, at least 1; what is usual where the service has counted none. */
  public long itemBytes() {
    return approximateItems == 0
        ? USUAL_ITEM_BYTES
        : Math.max(1, approximateBytes / approximateItems);
  }

  /** What an item costs. */
  public ItemUnits itemUnits() {
    return new ItemUnits(itemBytes(), globalIndexes);
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
