package dev.vams.migration.checks.scenario;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.EncodingType;

/**
 * Everything that is in some buckets and tables, read with the SDK alone. Two are equal when
 * nothing was written in between: an object that is overwritten by itself has a new version.
 *
 * @param versions the versions of each object, by bucket and key
 * @param items the items by table
 */
record Contents(
    Map<String, Map<String, List<Version>>> versions,
    Map<String, Set<Map<String, AttributeValue>>> items) {

  /** One version of an object. */
  record Version(String id, String etag, long size) {}

  static Contents of(Services services, List<String> buckets, List<String> tables) {
    Map<String, Map<String, List<Version>>> versions = new HashMap<>();
    buckets.forEach(bucket -> versions.put(bucket, versions(services, bucket)));
    Map<String, Set<Map<String, AttributeValue>>> items = new HashMap<>();
    tables.forEach(table -> items.put(table, items(services, table)));
    return new Contents(versions, items);
  }

  /** The versions of each object of a bucket, the newest first. */
  static Map<String, List<Version>> versions(Services services, String bucket) {
    Map<String, List<Version>> versions = new TreeMap<>();
    services
        .s3()
        .listObjectVersionsPaginator(
            request -> request.bucket(bucket).encodingType(EncodingType.URL))
        .versions()
        .subscribe(
            version ->
                versions
                    .computeIfAbsent(version.key(), key -> new ArrayList<>())
                    .add(new Version(version.versionId(), version.eTag(), version.size())))
        .join();
    return versions;
  }

  /** ETag and size of each object of a bucket. */
  static Map<String, String> objects(Services services, String bucket) {
    Map<String, String> objects = new TreeMap<>();
    services
        .s3()
        .listObjectsV2Paginator(request -> request.bucket(bucket).encodingType(EncodingType.URL))
        .contents()
        .subscribe(object -> objects.put(object.key(), object.eTag() + " " + object.size()))
        .join();
    return objects;
  }

  /** The items of a table, each value in one spelling. */
  static Set<Map<String, AttributeValue>> items(Services services, String table) {
    Set<Map<String, AttributeValue>> items = new HashSet<>();
    services
        .dynamoDb()
        .scanPaginator(request -> request.tableName(table).consistentRead(true))
        .items()
        .subscribe(
            item ->
                items.add(
                    item.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, entry -> comparable(entry.getValue())))))
        .join();
    return items;
  }

  /** The order of a set means nothing, nor does the way a number is written. */
  private static AttributeValue comparable(AttributeValue value) {
    return switch (value.type()) {
      case N -> AttributeValue.fromN(number(value.n()));
      case NS -> AttributeValue.fromNs(value.ns().stream().map(Contents::number).sorted().toList());
      case SS -> AttributeValue.fromSs(value.ss().stream().sorted().toList());
      case BS ->
          AttributeValue.fromBs(
              value.bs().stream().sorted(Comparator.comparing(SdkBytes::asByteBuffer)).toList());
      default -> value;
    };
  }

  private static String number(String text) {
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }
}
