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
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** One table, through one asynchronous client, which the caller closes. */
public final class DynamoDbItemTable implements ItemTable {
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
      return new Lookup.Found<>(facts(description));
    } catch (SdkException e) {
      return DynamoDbErrors.lookup(e);
    }
  }

  private static TableFacts facts(TableDescription description) {
    Map<String, String> types = new HashMap<>();
    for (AttributeDefinition attribute : description.attributeDefinitions()) {
      types.put(attribute.attributeName(), attribute.attributeTypeAsString());
    }
    // The service lists the partition key first.
    List<KeyAttribute> keys =
        description.keySchema().stream()
            .map(key -> new KeyAttribute(key.attributeName(), types.get(key.attributeName())))
            .toList();
    return new TableFacts(keys, description.itemCount(), description.tableSizeBytes());
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
  public CompletionStage<ItemPage> scan(int segment, int totalSegments, Optional<Item> startAfter) {
    return client
        .scan(
            request ->
                request
                    .tableName(table)
                    .segment(segment)
                    .totalSegments(totalSegments)
                    .consistentRead(true)
                    .exclusiveStartKey(startAfter.map(AttributeValues::fromItem).orElse(null)))
        .thenApply(
            page ->
                new ItemPage(
                    page.items().stream().map(AttributeValues::toItem).toList(),
                    page.lastEvaluatedKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(AttributeValues.toItem(page.lastEvaluatedKey()))))
        .exceptionally(
            error -> {
              throw failure("scanning", error);
            });
  }

  @Override
  public CompletionStage<BatchResult> putAll(List<Item> items) {
    List<WriteRequest> writes =
        items.stream()
            .map(item -> PutRequest.builder().item(AttributeValues.fromItem(item)).build())
            .map(put -> WriteRequest.builder().putRequest(put).build())
            .toList();
    return client
        .batchWriteItem(request -> request.requestItems(Map.of(table, writes)))
        .<BatchResult>thenApply(
            response ->
                new BatchResult.Taken(
                    response.unprocessedItems().getOrDefault(table, List.of()).stream()
                        .map(write -> AttributeValues.toItem(write.putRequest().item()))
                        .toList()))
        .exceptionally(error -> new BatchResult.Refused(entryError("writing to", error)));
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
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .<PutResult>thenApply(response -> new PutResult.Put())
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
        .batchGetItem(request -> request.requestItems(Map.of(table, wanted)))
        .thenApply(
            response ->
                new ItemBatch(
                    items(response.responses().getOrDefault(table, List.of())),
                    response.unprocessedKeys().containsKey(table)
                        ? items(response.unprocessedKeys().get(table).keys())
                        : List.of()))
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
