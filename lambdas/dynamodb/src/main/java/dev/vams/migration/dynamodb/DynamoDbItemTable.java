package dev.vams.migration.dynamodb;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.BatchResult;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemBatch;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.PutResult;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.Capacity;
import dev.vams.migration.core.store.TableFacts.Feature;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableWarmThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** One table, through one asynchronous client, which the caller closes. */
public final class DynamoDbItemTable implements ItemTable {

  /** The states in which a feature does what it is for, or is about to. */
  private static final Set<String> ON = Set.of("ENABLED", "ENABLING");

  private static final String UNKNOWN_OPERATION = "UnknownOperationException";

  private final DynamoDbAsyncClient client;
  private final String table;

  /**
   * @param client a client of the table's region
   * @param table the table's name
   */
  public DynamoDbItemTable(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Lookup<TableFacts> look() {
    try {
      TableDescription description =
          InFlight.await(client.describeTable(request -> request.tableName(table))).table();
      List<String> unseen = new ArrayList<>();
      Map<Feature, Boolean> features = new EnumMap<>(Feature.class);
      features.put(
          Feature.STREAM,
          description.streamSpecification() != null
              && description.streamSpecification().streamEnabled());
      features.put(
          Feature.DELETION_PROTECTION,
          Boolean.TRUE.equals(description.deletionProtectionEnabled()));
      features.put(Feature.REPLICAS, !description.replicas().isEmpty());
      look("time to live", unseen, this::hasTimeToLive)
          .ifPresent(isOn -> features.put(Feature.TIME_TO_LIVE, isOn));
      look("point-in-time recovery", unseen, this::hasPointInTimeRecovery)
          .ifPresent(isOn -> features.put(Feature.POINT_IN_TIME_RECOVERY, isOn));
      return new Lookup.Found<>(facts(description, features, unseen));
    } catch (SdkException e) {
      return DynamoDbErrors.lookup(e);
    }
  }

  private CompletionStage<Boolean> hasTimeToLive() {
    return client
        .describeTimeToLive(request -> request.tableName(table))
        .thenApply(
            answer -> ON.contains(answer.timeToLiveDescription().timeToLiveStatusAsString()));
  }

  private CompletionStage<Boolean> hasPointInTimeRecovery() {
    return client
        .describeContinuousBackups(request -> request.tableName(table))
        .thenApply(
            answer ->
                ON.contains(
                    answer
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .pointInTimeRecoveryStatusAsString()));
  }

  /**
   * What a migration can do without; a server that does not know the question has no such thing.
   */
  private static Optional<Boolean> look(
      String what, List<String> unseen, Supplier<CompletionStage<Boolean>> question) {
    try {
      return Optional.of(InFlight.await(question.get()));
    } catch (SdkException e) {
      StoreError error = DynamoDbErrors.describe(e);
      if (!error.code().equals(UNKNOWN_OPERATION)) {
        unseen.add("%s: %s".formatted(what, error.line()));
      }
      return Optional.empty();
    }
  }

  private static TableFacts facts(
      TableDescription description, Map<Feature, Boolean> features, List<String> unseen) {
    Map<String, String> types = new HashMap<>();
    for (AttributeDefinition attribute : description.attributeDefinitions()) {
      types.put(attribute.attributeName(), attribute.attributeTypeAsString());
    }
    Stream<KeySchemaElement> indexKeys =
        Stream.concat(
            description.globalSecondaryIndexes().stream().flatMap(i -> i.keySchema().stream()),
            description.localSecondaryIndexes().stream().flatMap(i -> i.keySchema().stream()));
    return new TableFacts(
        // The service lists the partition key first.
        keys(description.keySchema().stream(), types),
        keys(indexKeys, types),
        description.globalSecondaryIndexes().size(),
        description.itemCount(),
        description.tableSizeBytes(),
        capacity(description),
        features,
        unseen);
  }

  private static Capacity capacity(TableDescription description) {
    Optional<TableWarmThroughputDescription> warm =
        Optional.ofNullable(description.warmThroughput());
    Optional<OnDemandThroughput> most = Optional.ofNullable(description.onDemandThroughput());
    Optional<ProvisionedThroughputDescription> provisioned =
        Optional.ofNullable(description.provisionedThroughput());
    boolean isOnDemand =
        description.billingModeSummary() != null
            && description.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
    return new Capacity(
        isOnDemand,
        isOnDemand
            ? units(most.map(OnDemandThroughput::maxReadRequestUnits))
            : units(provisioned.map(ProvisionedThroughputDescription::readCapacityUnits)),
        isOnDemand
            ? units(most.map(OnDemandThroughput::maxWriteRequestUnits))
            : units(provisioned.map(ProvisionedThroughputDescription::writeCapacityUnits)),
        units(warm.map(TableWarmThroughputDescription::writeUnitsPerSecond)));
  }

  /** A maximum that nobody has set is -1. */
  private static long units(Optional<Long> given) {
    return Math.max(0, given.orElse(0L));
  }

  private static List<KeyAttribute> keys(Stream<KeySchemaElement> keys, Map<String, String> types) {
    return keys.map(KeySchemaElement::attributeName)
        .distinct()
        .map(name -> new KeyAttribute(name, types.get(name)))
        .toList();
  }

  @Override
  public CompletionStage<Boolean> isEmpty() {
    return client
        .scan(request -> request.tableName(table).limit(1).consistentRead(true))
        .thenApply(page -> page.items().isEmpty())
        .exceptionally(
            error -> {
              throw failure("scanning", error);
            });
  }

  @Override
  public CompletionStage<ItemPage> scan(
      int segment, int totalSegments, Optional<Item> startAfter, int most) {
    return client
        .scan(
            request ->
                request
                    .tableName(table)
                    .segment(segment)
                    .totalSegments(totalSegments)
                    .limit(most == WHOLE_PAGE ? null : most)
                    .consistentRead(true)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .exclusiveStartKey(startAfter.map(AttributeValues::fromItem).orElse(null)))
        .thenApply(
            page ->
                new ItemPage(
                    page.items().stream().map(AttributeValues::toItem).toList(),
                    page.lastEvaluatedKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(AttributeValues.toItem(page.lastEvaluatedKey())),
                    units(page.consumedCapacity())))
        .exceptionally(
            error -> {
              throw failure("scanning", error);
            });
  }

  @Override
  public CompletionStage<BatchResult> putAll(List<Item> items) {
    return writeAll(
        items,
        item ->
            WriteRequest.builder()
                .putRequest(put -> put.item(AttributeValues.fromItem(item)))
                .build());
  }

  @Override
  public CompletionStage<BatchResult> deleteAll(List<Item> keys) {
    return writeAll(
        keys,
        key ->
            WriteRequest.builder()
                .deleteRequest(delete -> delete.key(AttributeValues.fromItem(key)))
                .build());
  }

  private CompletionStage<BatchResult> writeAll(
      List<Item> entries, Function<Item, WriteRequest> toRequest) {
    List<WriteRequest> writes = entries.stream().map(toRequest).toList();
    return client
        .batchWriteItem(
            request ->
                request
                    .requestItems(Map.of(table, writes))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .<BatchResult>thenApply(
            response ->
                new BatchResult.Taken(
                    response.unprocessedItems().getOrDefault(table, List.of()).stream()
                        .map(DynamoDbItemTable::entry)
                        .toList(),
                    units(response.consumedCapacity())))
        .exceptionally(error -> new BatchResult.Refused(entryError("writing to", error)));
  }

  private static Item entry(WriteRequest write) {
    return AttributeValues.toItem(
        write.putRequest() != null ? write.putRequest().item() : write.deleteRequest().key());
  }

  private static double units(ConsumedCapacity consumed) {
    // Servers that are compatible with DynamoDB may leave it out.
    return consumed == null || consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
  }

  private static double units(List<ConsumedCapacity> consumed) {
    return consumed.stream().mapToDouble(DynamoDbItemTable::units).sum();
  }

  @Override
  public CompletionStage<PutResult> putIfAbsent(Item item, List<String> keyNames) {
    return client
        .putItem(
            request ->
                request
                    .tableName(table)
                    .item(AttributeValues.fromItem(item))
                    .conditionExpression("attribute_not_exists(#key)")
                    .expressionAttributeNames(Map.of("#key", keyNames.get(0)))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .<PutResult>thenApply(response -> new PutResult.Put(units(response.consumedCapacity())))
        .exceptionally(
            error ->
                InFlight.cause(error) instanceof ConditionalCheckFailedException exists
                    ? new PutResult.Exists(AttributeValues.toItem(exists.item()))
                    : new PutResult.Refused(entryError("writing to", error)));
  }

  @Override
  public CompletionStage<ItemBatch> getAll(List<Item> keys) {
    KeysAndAttributes wanted =
        KeysAndAttributes.builder()
            .keys(keys.stream().map(AttributeValues::fromItem).toList())
            .consistentRead(true)
            .build();
    return client
        .batchGetItem(
            request ->
                request
                    .requestItems(Map.of(table, wanted))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .thenApply(
            response ->
                new ItemBatch(
                    items(response.responses().getOrDefault(table, List.of())),
                    response.unprocessedKeys().containsKey(table)
                        ? items(response.unprocessedKeys().get(table).keys())
                        : List.of(),
                    units(response.consumedCapacity())))
        .exceptionally(
            error -> {
              throw failure("reading", error);
            });
  }

  @Override
  public CompletionStage<Void> tryPutAll(Item absentKey) {
    WriteRequest delete =
        WriteRequest.builder()
            .deleteRequest(request -> request.key(AttributeValues.fromItem(absentKey)))
            .build();
    return client
        .batchWriteItem(request -> request.requestItems(Map.of(table, List.of(delete))))
        .<Void>thenApply(response -> null)
        .exceptionally(
            error -> {
              throw failure("writing to", error);
            });
  }

  @Override
  public CompletionStage<Void> tryPutIfAbsent(Item absentKey) {
    return client
        .putItem(
            request ->
                request
                    .tableName(table)
                    .item(AttributeValues.fromItem(absentKey))
                    .conditionExpression("attribute_exists(#key) AND attribute_not_exists(#key)")
                    .expressionAttributeNames(
                        Map.of("#key", absentKey.attributes().keySet().iterator().next())))
        .<Void>thenApply(response -> null)
        .exceptionally(
            error -> {
              if (InFlight.cause(error) instanceof ConditionalCheckFailedException) {
                return null;
              }
              throw failure("writing to", error);
            });
  }

  private static List<Item> items(List<Map<String, AttributeValue>> attributes) {
    return attributes.stream().map(AttributeValues::toItem).toList();
  }

  private StoreError entryError(String doing, Throwable error) {
    StoreError described = DynamoDbErrors.describe(error);
    if (described.scope() != StoreError.Scope.ENTRY) {
      throw new CompletionException(new StoreException(doing + " table " + table, described));
    }
    return described;
  }

  private CompletionException failure(String doing, Throwable error) {
    return new CompletionException(
        new StoreException(doing + " table " + table, DynamoDbErrors.describe(error)));
  }
}
