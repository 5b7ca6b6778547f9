import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What {@code bench/dynamodb.sh} needs besides vams-migrate: the tables, and the other ways to copy
 * one. Takes the server from {@code AWS_ENDPOINT_URL_DYNAMODB}. Each way prints the seconds from
 * its first call to its last answer.
 *
 * <pre>
 * seed TABLE ITEMS                    makes a table and fills it
 * empty TABLE                         deletes a table, if it is there, and makes it anew
 * sequential FROM TO                  page by page, one PutItem after the other
 * segments FROM TO THREADS PARTS      each thread reads one of so many segments at a time, and sends one BatchWriteItem at a time
 * raw TO ITEMS IN_FLIGHT              nothing but BatchWriteItem of batches built beforehand
 * raw TO ITEMS IN_FLIGHT FROM PARTS   the same, while so many segments are read and forgotten
 * count TABLE                         prints the number of items that have the new names only
 * </pre>
 */
public final class DynamoDbBench {

  /** Three of an item's ten attributes. */
  private static final Map<String, String> RENAMES =
      Map.of("assetType", "type", "isDistributable", "distributable", "currentVersion", "version");

  private static final int BATCH_SIZE = 25;
  private static final int SEEDS_IN_FLIGHT = 8;

  /** DynamoDB Local takes the longer for a page, the larger its segment is. */
  private static final int COUNTING_SEGMENTS = 64;

  /** How many items are built before the clock goes on: 100 MB of the heap. */
  private static final int BUILT_AT_ONCE = 20_000;

  private static final int DESCRIPTION_LENGTH = 512;

  private final URI server = URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB"));

  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    DynamoDbBench bench = new DynamoDbBench();
    switch (arguments[0]) {
      case "seed" -> bench.seed(arguments[1], Integer.parseInt(arguments[2]));
      case "empty" -> bench.empty(arguments[1]);
      case "sequential" -> bench.sequential(arguments[1], arguments[2]);
      case "segments" ->
          bench.segments(
              arguments[1],
              arguments[2],
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4]));
      case "raw" ->
          bench.raw(
              arguments[1],
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]),
              arguments.length > 4 ? arguments[4] : "",
              arguments.length > 4 ? Integer.parseInt(arguments[5]) : 0);
      case "count" -> System.out.println(bench.count(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    // The clients are not closed: Netty would wait two seconds for silence.
  }

  private DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private DynamoDbAsyncClient asyncClient() {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(128))
        .build();
  }

  private void seed(String table, int items) throws InterruptedException {
    create(client(), table);
    write(asyncClient(), table, items, SEEDS_IN_FLIGHT, false);
  }

  private void empty(String table) {
    DynamoDbClient dynamoDb = client();
    if (dynamoDb.listTables().tableNames().contains(table)) {
      dynamoDb.deleteTable(request -> request.tableName(table));
    }
    create(dynamoDb, table);
  }

  private static void create(DynamoDbClient dynamoDb, String table) {
    dynamoDb.createTable(
        request ->
            request
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("databaseId"), text("assetId"))
                .keySchema(key("databaseId", KeyType.HASH), key("assetId", KeyType.RANGE)));
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private void sequential(String from, String to) {
    DynamoDbClient dynamoDb = client();
    long began = System.nanoTime();
    for (ScanResponse page :
        dynamoDb.scanPaginator(request -> request.tableName(from).consistentRead(true))) {
      for (Map<String, AttributeValue> item : page.items()) {
        dynamoDb.putItem(request -> request.tableName(to).item(renamed(item)));
      }
    }
    printSecondsSince(began);
  }

  private void segments(String from, String to, int threads, int parts)
      throws InterruptedException, ExecutionException {
    DynamoDbClient dynamoDb = client();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    long began = System.nanoTime();
    List<Future<?>> segments = new ArrayList<>();
    for (int number = 0; number < parts; number++) {
      ScanRequest segment =
          ScanRequest.builder()
              .tableName(from)
              .segment(number)
              .totalSegments(parts)
              .consistentRead(true)
              .build();
      segments.add(executor.submit(() -> copySegment(dynamoDb, segment, to)));
    }
    for (Future<?> segment : segments) {
      segment.get();
    }
    printSecondsSince(began);
    executor.shutdown();
  }

  private static void copySegment(DynamoDbClient dynamoDb, ScanRequest segment, String to) {
    for (ScanResponse page : dynamoDb.scanPaginator(segment)) {
      List<WriteRequest> writes = page.items().stream().map(item -> put(renamed(item))).toList();
      for (int begin = 0; begin < writes.size(); begin += BATCH_SIZE) {
        List<WriteRequest> left =
            writes.subList(begin, Math.min(begin + BATCH_SIZE, writes.size()));
        while (!left.isEmpty()) {
          Map<String, List<WriteRequest>> batch = Map.of(to, left);
          left =
              dynamoDb
                  .batchWriteItem(request -> request.requestItems(batch))
                  .unprocessedItems()
                  .getOrDefault(to, List.of());
        }
      }
    }
  }

  private void raw(String to, int items, int inFlight, String from, int segments)
      throws InterruptedException {
    DynamoDbAsyncClient dynamoDb = asyncClient();
    long began = System.nanoTime();
    CompletableFuture<Void> reading =
        CompletableFuture.allOf(
            IntStream.range(0, segments)
                .mapToObj(segment -> read(dynamoDb, from, segment, segments))
                .toArray(CompletableFuture<?>[]::new));
    long wrote = write(dynamoDb, to, items, inFlight, true);
    reading.join();
    // Where it reads meanwhile, the clock does not stand still while items are made up.
    System.out.printf(
        Locale.ROOT, "%.3f%n", (segments == 0 ? wrote : System.nanoTime() - began) / 1e9);
  }

  private static CompletableFuture<?> read(
      DynamoDbAsyncClient dynamoDb, String table, int segment, int segments) {
    return dynamoDb
        .scanPaginator(
            request ->
                request
                    .tableName(table)
                    .segment(segment)
                    .totalSegments(segments)
                    .consistentRead(true))
        .subscribe(page -> {});
  }

  /** Writes made up items, and gives the nanoseconds without those in which they were made up. */
  private static long write(
      DynamoDbAsyncClient dynamoDb, String table, int items, int inFlight, boolean isRenamed)
      throws InterruptedException {
    // The first call takes a second longer, for classes that are loaded.
    dynamoDb.describeTable(request -> request.tableName(table)).join();
    long took = 0;
    for (int first = 0; first < items; first += BUILT_AT_ONCE) {
      List<Map<String, List<WriteRequest>>> batches = new ArrayList<>();
      int end = Math.min(first + BUILT_AT_ONCE, items);
      for (int begin = first; begin < end; begin += BATCH_SIZE) {
        batches.add(
            Map.of(
                table,
                IntStream.range(begin, Math.min(begin + BATCH_SIZE, end))
                    .mapToObj(number -> put(isRenamed ? renamed(item(number)) : item(number)))
                    .toList()));
      }
      long began = System.nanoTime();
      Semaphore permits = new Semaphore(inFlight);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      for (Map<String, List<WriteRequest>> batch : batches) {
        permits.acquire();
        writeAll(dynamoDb, batch)
            .whenComplete(
                (done, error) -> {
                  if (error != null) {
                    failure.set(error);
                  }
                  permits.release();
                });
      }
      permits.acquire(inFlight);
      if (failure.get() != null) {
        throw new IllegalStateException(failure.get());
      }
      took += System.nanoTime() - began;
    }
    return took;
  }

  private static CompletableFuture<BatchWriteItemResponse> writeAll(
      DynamoDbAsyncClient dynamoDb, Map<String, List<WriteRequest>> batch) {
    return dynamoDb
        .batchWriteItem(request -> request.requestItems(batch))
        .thenCompose(
            response ->
                response.unprocessedItems().isEmpty()
                    ? CompletableFuture.completedFuture(response)
                    : writeAll(dynamoDb, response.unprocessedItems()));
  }

  private long count(String table) {
    DynamoDbClient dynamoDb = client();
    return IntStream.range(0, COUNTING_SEGMENTS)
        .parallel()
        .mapToLong(
            segment ->
                dynamoDb
                    .scanPaginator(
                        request ->
                            request
                                .tableName(table)
                                .segment(segment)
                                .totalSegments(COUNTING_SEGMENTS)
                                .consistentRead(true)
                                .filterExpression(
                                    "attribute_exists(#type) AND attribute_not_exists(assetType)"
                                        + " AND attribute_exists(distributable)"
                                        + " AND attribute_not_exists(isDistributable)"
                                        + " AND attribute_exists(version)"
                                        + " AND attribute_not_exists(currentVersion)")
                                .expressionAttributeNames(Map.of("#type", "type"))
                                .select(Select.COUNT))
                    .stream()
                    .mapToLong(ScanResponse::count)
                    .sum())
        .sum();
  }

  private static Map<String, AttributeValue> renamed(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> renamed = new HashMap<>();
    item.forEach((name, value) -> renamed.put(RENAMES.getOrDefault(name, name), value));
    return renamed;
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }

  /** An asset as VAMS has it, 1 KB by the service's count. Each is another one. */
  private static Map<String, AttributeValue> item(int number) {
    Random random = new Random(number);
    byte[] description = new byte[DESCRIPTION_LENGTH];
    for (int i = 0; i < description.length; i++) {
      description[i] = (byte) (random.nextInt(7) == 0 ? ' ' : 'a' + random.nextInt(26));
    }
    byte[] checksum = new byte[32];
    random.nextBytes(checksum);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("databaseId", AttributeValue.fromS("plant-" + number % 50));
    item.put("assetId", AttributeValue.fromS("x%08x-%07d".formatted(random.nextInt(), number)));
    item.put("assetName", AttributeValue.fromS("Pump housing, second stage, variant " + number));
    item.put(
        "description", AttributeValue.fromS(new String(description, StandardCharsets.US_ASCII)));
    item.put("assetType", AttributeValue.fromS("model/gltf-binary"));
    item.put("isDistributable", AttributeValue.fromBool(number % 3 == 0));
    item.put("fileSize", AttributeValue.fromN(Integer.toString(random.nextInt(1 << 30))));
    item.put("checksum", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(checksum)));
    item.put(
        "tags", AttributeValue.fromSs(List.of("cooling", "line-" + number % 9, "approved", "b2")));
    item.put("currentVersion", AttributeValue.fromM(version(number, random)));
    return item;
  }

  private static Map<String, AttributeValue> version(int number, Random random) {
    Map<String, AttributeValue> version = new HashMap<>();
    version.put("Version", AttributeValue.fromN(Integer.toString(1 + number % 12)));
    version.put("Scale", AttributeValue.fromN("%d.%d".formatted(number % 7, random.nextInt(1000))));
    version.put("Comment", AttributeValue.fromS("Uploaded by the line's exporter"));
    version.put("DateModified", AttributeValue.fromS("2026-01-%02d".formatted(1 + number % 28)));
    version.put("preview", AttributeValue.fromNul(true));
    version.put(
        "S3Key",
        AttributeValue.fromS("plant/%d/parts/%d/model.glb".formatted(number % 50, number)));
    version.put(
        "pipelines",
        AttributeValue.fromL(
            List.of(AttributeValue.fromS("convert"), AttributeValue.fromS("thumbnail"))));
    return version;
  }

  private static void printSecondsSince(long began) {
    System.out.printf(Locale.ROOT, "%.3f%n", (System.nanoTime() - began) / 1e9);
  }
}
