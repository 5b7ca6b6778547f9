package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.local.sample.SampleMigration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * A bucket and a table on each side, for tests of which there are many. The table's key is {@code
 * owner} and {@code number}; its attribute {@code author} is called {@code writer} at the target.
 *
 * @param name starts the names of all four
 */
record SmallMigration(Emulator emulator, String name) {
  static final String BUCKET = "files";
  static final String TABLE = "notes";

  private static final int ITEMS_PER_OWNER = 10;
  private static final int BATCH = 25;
  private static final int AT_ONCE = 40;

  /** How much is in stack A. */
  record Size(int objects, int items, int bytesPerItem) {
    static final Size SMALL = new Size(20, 30, 20);
  }

  static SmallMigration create(Emulator emulator, Size size) {
    SmallMigration migration = new SmallMigration(emulator, emulator.newName());
    migration.createBucket(migration.sourceBucket());
    migration.createBucket(migration.targetBucket());
    migration.createTable(migration.sourceTable(), "owner", "number");
    migration.createTable(migration.targetTable(), "owner", "number");
    migration.fill(size);
    return migration;
  }

  String sourceBucket() {
    return name + "-a-files";
  }

  String targetBucket() {
    return name + "-b-files";
  }

  String sourceTable() {
    return name + "-a-notes";
  }

  String targetTable() {
    return name + "-b-notes";
  }

  static String key(int number) {
    return "file-%04d".formatted(number);
  }

  static Map<String, AttributeValue> itemKey(int number) {
    return Map.of(
        "owner", AttributeValue.fromS("owner-" + number / ITEMS_PER_OWNER),
        "number", AttributeValue.fromS("%04d".formatted(number)));
  }

  Contents target() {
    return Contents.of(emulator, List.of(targetBucket()), List.of(targetTable()));
  }

  ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("regionFrom", SampleMigration.REGION).put("regionTo", SampleMigration.REGION);
    ObjectNode bucket = schema.putArray("VAMS_S3Bucket_Mapping").addObject();
    bucket.put("bucketDescriptor", BUCKET);
    bucket.putObject("buckets").put("from", sourceBucket()).put("to", targetBucket());
    ObjectNode table = schema.putArray("VAMS_DynamoDBTable_Mapping").addObject();
    table.put("tableDescriptor", TABLE);
    table.putObject("tables").put("from", sourceTable()).put("to", targetTable());
    table.putArray("attributes").addObject().put("from", "author").put("to", "writer");
    return schema;
  }

  /** The schema with one option set. */
  ObjectNode schema(String option, String value) {
    ObjectNode schema = schema();
    schema.putObject("options").put(option, value);
    return schema;
  }

  void putObject(String bucket, String key, String content) {
    emulator
        .s3()
        .putObject(request -> request.bucket(bucket).key(key), AsyncRequestBody.fromString(content))
        .join();
  }

  void putItem(String table, int number, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(itemKey(number));
    item.putAll(attributes);
    emulator.dynamoDb().putItem(request -> request.tableName(table).item(item)).join();
  }

  /** Removes every version: S3Mock goes on listing an object that has only a delete marker. */
  void removeTargetObject(String key) {
    Contents.versions(emulator, targetBucket())
        .get(key)
        .forEach(
            version ->
                emulator
                    .s3()
                    .deleteObject(
                        request -> request.bucket(targetBucket()).key(key).versionId(version.id()))
                    .join());
  }

  void removeTargetItem(int number) {
    emulator
        .dynamoDb()
        .deleteItem(request -> request.tableName(targetTable()).key(itemKey(number)))
        .join();
  }

  void createTable(String table, String partitionKey, String sortKey) {
    emulator
        .dynamoDb()
        .createTable(
            request ->
                request
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(element(partitionKey, KeyType.HASH), element(sortKey, KeyType.RANGE))
                    .attributeDefinitions(string(partitionKey), string(sortKey)))
        .join();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  void createBucket(String bucket) {
    createBucket(emulator, bucket);
  }

  /** A bucket that keeps versions. */
  static void createBucket(Emulator emulator, String bucket) {
    emulator.s3().createBucket(request -> request.bucket(bucket)).join();
    emulator
        .s3()
        .putBucketVersioning(
            request ->
                request
                    .bucket(bucket)
                    .versioningConfiguration(
                        configuration -> configuration.status(BucketVersioningStatus.ENABLED)))
        .join();
  }

  private void fill(Size size) {
    List<CompletableFuture<?>> requests = new ArrayList<>();
    for (int number = 0; number < size.objects(); number++) {
      String key = key(number);
      requests.add(
          emulator
              .s3()
              .putObject(
                  request -> request.bucket(sourceBucket()).key(key),
                  AsyncRequestBody.fromString("content of file " + number)));
      if (requests.size() == AT_ONCE) {
        CompletableFuture.allOf(requests.toArray(CompletableFuture<?>[]::new)).join();
        requests.clear();
      }
    }
    for (int start = 0; start < size.items(); start += BATCH) {
      List<WriteRequest> batch =
          IntStream.range(start, Math.min(size.items(), start + BATCH))
              .mapToObj(number -> put(number, size.bytesPerItem()))
              .toList();
      requests.add(
          emulator
              .dynamoDb()
              .batchWriteItem(request -> request.requestItems(Map.of(sourceTable(), batch))));
      if (requests.size() == AT_ONCE) {
        CompletableFuture.allOf(requests.toArray(CompletableFuture<?>[]::new)).join();
        requests.clear();
      }
    }
    CompletableFuture.allOf(requests.toArray(CompletableFuture<?>[]::new)).join();
  }

  private static WriteRequest put(int number, int bytes) {
    return WriteRequest.builder().putRequest(request -> request.item(item(number, bytes))).build();
  }

  /** The item as it is at the target. */
  static Map<String, AttributeValue> migratedItem(int number, int bytes) {
    Map<String, AttributeValue> item = item(number, bytes);
    item.put("writer", item.remove("author"));
    return item;
  }

  /** An item of the source. */
  static Map<String, AttributeValue> item(int number, int bytes) {
    Map<String, AttributeValue> item = new HashMap<>(itemKey(number));
    item.put("author", AttributeValue.fromS("author-" + number));
    item.put("text", AttributeValue.fromS("x".repeat(bytes)));
    return item;
  }
}
