package dev.vams.migration.local.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbAsyncWaiter;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * A stack in the shape of VAMS 2.1, known by its name prefix: 17 on-demand tables and 2 versioned
 * buckets.
 *
 * @param prefix what all its names start with, such as {@code vams-a}: lower-case letters, digits
 *     and hyphens, up to 40
 */
public record SampleStack(String prefix) {

  /**
   * A bucket name may have 63 characters (S3 bucket naming rules), of which the longest suffix
   * takes 23.
   */
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9-]{1,39}");

  private static final int REQUESTS_AT_ONCE = 8;

  public SampleStack {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "\""
              + prefix
              + "\" cannot start a bucket name; use 2 to 40 lower-case letters, digits and hyphens.");
    }
  }

  /**
   * Creates an empty stack, and returns when all its tables are active. The tables hold no default
   * rows, unlike those of a real deployment.
   *
   * @throws java.util.concurrent.CompletionException if a bucket or table cannot be created, or
   *     exists already
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public static SampleStack create(S3AsyncClient s3, DynamoDbAsyncClient dynamoDb, String prefix)
      throws InterruptedException {
    SampleStack stack = new SampleStack(prefix);
    BoundedRequests requests = new BoundedRequests(REQUESTS_AT_ONCE);
    try (DynamoDbAsyncWaiter waiter = dynamoDb.waiter()) {
      for (VamsBucket bucket : VamsBucket.values()) {
        requests.send(() -> createBucket(s3, stack.bucketName(bucket)));
      }
      for (VamsTable table : VamsTable.values()) {
        CreateTableRequest request = tableRequest(stack.tableName(table), table);
        requests.send(
            () ->
                dynamoDb
                    .createTable(request)
                    .thenCompose(
                        created ->
                            waiter.waitUntilTableExists(
                                wait -> wait.tableName(request.tableName()))));
      }
      requests.awaitAll();
    }
    return stack;
  }

  /** The name of this stack's table. */
  public String tableName(VamsTable table) {
    String descriptor = table.descriptor();
    return prefix
        + "-"
        + descriptor.substring(0, 1).toUpperCase(Locale.ROOT)
        + descriptor.substring(1);
  }

  /** The name of this stack's bucket. */
  public String bucketName(VamsBucket bucket) {
    return prefix + "-" + bucket.nameSuffix();
  }

  private static CompletableFuture<?> createBucket(S3AsyncClient s3, String name) {
    CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name);
    Region region = s3.serviceClientConfiguration().region();
    if (!region.equals(Region.US_EAST_1)) {
      // The one Region that must not be named: CreateBucket refuses it as a location constraint.
      request.createBucketConfiguration(
          configuration -> configuration.locationConstraint(region.id()));
    }
    return s3.createBucket(request.build())
        .thenCompose(
            created ->
                s3.putBucketVersioning(
                    versioning ->
                        versioning
                            .bucket(name)
                            .versioningConfiguration(
                                configuration ->
                                    configuration.status(BucketVersioningStatus.ENABLED))));
  }

  private static CreateTableRequest tableRequest(String name, VamsTable table) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keySchema(table.key()))
            .attributeDefinitions(table.key().stream().map(SampleStack::stringAttribute).toList());
    if (!table.indexes().isEmpty()) {
      request.globalSecondaryIndexes(table.indexes().stream().map(SampleStack::index).toList());
    }
    return request.build();
  }

  private static GlobalSecondaryIndex index(VamsTable.Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(keySchema(index.key()))
        .projection(projection -> projection.projectionType(ProjectionType.ALL))
        .build();
  }

  private static List<KeySchemaElement> keySchema(List<String> key) {
    List<KeySchemaElement> schema = new ArrayList<>();
    for (String name : key) {
      KeyType type = schema.isEmpty() ? KeyType.HASH : KeyType.RANGE;
      schema.add(KeySchemaElement.builder().attributeName(name).keyType(type).build());
    }
    return schema;
  }

  private static AttributeDefinition stringAttribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
