package dev.vams.migration.local.sample;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Fills a sample stack.
 *
 * @param objects how many objects there are now
 * @param items how many items there are now
 * @param itemsThatStay how many of them are deployment data, which no migration carries
 */
public record SampleData(long objects, long items, long itemsThatStay) {

  /** The most items of one BatchWriteItem request (BatchWriteItem, API reference). */
  private static final int BATCH = 25;

  private static final int REQUESTS_AT_ONCE = 32;

  /**
   * Puts sample objects and items into an empty stack. The same scale and seed always give the
   * same, byte for byte. Memory does not grow with the scale.
   *
   * @param scale 1 for 312 objects and about 1,900 items; every other scale is that many times as
   *     much
   * @param seed any number
   * @throws java.util.concurrent.CompletionException if a request fails
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public static SampleData fill(
      S3AsyncClient s3, DynamoDbAsyncClient dynamoDb, SampleStack stack, int scale, long seed)
      throws InterruptedException {
    if (scale < 1) {
      throw new IllegalArgumentException("Scale " + scale + " makes no data; use 1 or more.");
    }
    BoundedRequests requests = new BoundedRequests(REQUESTS_AT_ONCE);
    Map<Boolean, Long> items =
        sendItems(requests, dynamoDb, stack, SampleItems.of(scale, seed).iterator());
    long objects =
        sendObjects(
            requests, s3, stack, SampleAsset.of(scale, seed).flatMap(SampleObject::of).iterator());
    requests.awaitAll();
    long carried = items.getOrDefault(true, 0L);
    long staying = items.getOrDefault(false, 0L);
    return new SampleData(objects, carried + staying, staying);
  }

  private static long sendObjects(
      BoundedRequests requests, S3AsyncClient s3, SampleStack stack, Iterator<SampleObject> objects)
      throws InterruptedException {
    long count = 0;
    while (objects.hasNext()) {
      SampleObject object = objects.next();
      PutObjectRequest request =
          object.attributes().toBuilder()
              .bucket(stack.bucketName(object.bucket()))
              .key(object.key())
              .build();
      requests.send(() -> s3.putObject(request, AsyncRequestBody.fromBytes(object.content())));
      count++;
    }
    return count;
  }

  /** How many items were sent, by whether a migration carries their table. */
  private static Map<Boolean, Long> sendItems(
      BoundedRequests requests,
      DynamoDbAsyncClient dynamoDb,
      SampleStack stack,
      Iterator<SampleItem> items)
      throws InterruptedException {
    Map<VamsTable, List<WriteRequest>> batches = new EnumMap<>(VamsTable.class);
    Map<Boolean, Long> counts = new HashMap<>();
    while (items.hasNext()) {
      SampleItem item = items.next();
      List<WriteRequest> batch = batches.computeIfAbsent(item.table(), table -> new ArrayList<>());
      batch.add(WriteRequest.builder().putRequest(put -> put.item(item.attributes())).build());
      if (batch.size() == BATCH) {
        batches.remove(item.table());
        requests.send(() -> write(dynamoDb, Map.of(stack.tableName(item.table()), batch)));
      }
      counts.merge(item.table().isCarried(), 1L, Long::sum);
    }
    for (Map.Entry<VamsTable, List<WriteRequest>> rest : batches.entrySet()) {
      requests.send(() -> write(dynamoDb, Map.of(stack.tableName(rest.getKey()), rest.getValue())));
    }
    return counts;
  }

  /**
   * Ends: DynamoDB fails a request of which it can take nothing, so each round leaves fewer items.
   */
  private static CompletableFuture<BatchWriteItemResponse> write(
      DynamoDbAsyncClient dynamoDb, Map<String, List<WriteRequest>> items) {
    return dynamoDb
        .batchWriteItem(batch -> batch.requestItems(items))
        .thenCompose(
            response ->
                response.unprocessedItems().isEmpty()
                    ? CompletableFuture.completedFuture(response)
                    : write(dynamoDb, response.unprocessedItems()));
  }
}
