package dev.vams.migration.core.store;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A table in memory that behaves as one of DynamoDB: items lie in the order of their hashed keys,
 * and a segment is a range of hashes. What is asked for is done on the caller's thread, or on those
 * of an executor.
 */
public final class InMemoryItemTable implements ItemTable {

  /** What is counted, and can be made to fail. */
  public enum Call {
    SCAN,
    PUT_ALL,
    DELETE_ALL,
    PUT_IF_ABSENT,
    GET_ALL,
    TRY_PUT_ALL,
    TRY_PUT_IF_ABSENT
  }

  private static final int HASH_BITS = 32;

  private final List<KeyAttribute> keys;
  private final int pageSize;
  private final Executor executor;
  private final TreeMap<String, Item> itemsByHash = new TreeMap<>();
  private final Map<Item, StoreError> refusals = new HashMap<>();
  private final Queue<Integer> unprocessed = new ArrayDeque<>();
  private final ScriptedFaults faults = new ScriptedFaults();
  private Lookup<TableFacts> lookup;

  /** A table with a partition key of type {@code S}, and 1,000 items a page. */
  public InMemoryItemTable(String partitionKey) {
    this(List.of(new KeyAttribute(partitionKey, "S")), 1000, Runnable::run);
  }

  /**
   * @param keys the key attributes, partition key first
   * @param pageSize how many items a page of a scan has at most
   * @param executor runs what is asked for
   */
  public InMemoryItemTable(List<KeyAttribute> keys, int pageSize, Executor executor) {
    this.keys = List.copyOf(keys);
    this.pageSize = pageSize;
    this.executor = executor;
    lookup = new Lookup.Found<>(new TableFacts(keys, 0, 0));
  }

  /** A table that does not exist. */
  static InMemoryItemTable missing() {
    InMemoryItemTable table = new InMemoryItemTable(List.of(), 1, Runnable::run);
    table.answerLook(new Lookup.Missing<>());
    return table;
  }

  /** Puts items, whatever faults there are. */
  public synchronized void put(Item... items) {
    for (Item item : items) {
      itemsByHash.put(hash(keyOf(item)), item);
    }
  }

  /** All items in the order of their hashed keys. */
  public synchronized List<Item> items() {
    return List.copyOf(itemsByHash.values());
  }

  /** From now on, a look at the table comes to this. */
  public synchronized void answerLook(Lookup<TableFacts> answer) {
    lookup = answer;
  }

  /** From now on, a look says that the table has about so many bytes. */
  public synchronized void answerLook(long approximateBytes) {
    lookup = new Lookup.Found<>(new TableFacts(keys, approximateBytes / 1000, approximateBytes));
  }

  /** From now on, an item with this key is refused, and each batch that holds it. */
  public synchronized void refuse(Item item, StoreError error) {
    refusals.put(keyOf(item), error);
  }

  /** The next batches, of writes or reads, leave so many of their last entries unprocessed. */
  public synchronized void leaveUnprocessed(Integer... counts) {
    unprocessed.addAll(Arrays.asList(counts));
  }

  /** The call of this number, from 1, completes with a {@link StoreException}. */
  public void failCall(Call call, int number, StoreError error) {
    faults.failCall(call, number, error);
  }

  /** How many calls there were. */
  public int calls(Call call) {
    return faults.calls(call);
  }

  @Override
  public synchronized Lookup<TableFacts> look() {
    return lookup;
  }

  @Override
  public CompletionStage<Boolean> isEmpty() {
    return call(Call.SCAN, "scanning", itemsByHash::isEmpty);
  }

  @Override
  public CompletionStage<ItemPage> scan(
      int segment, int totalSegments, Optional<Item> startAfter, int most) {
    return call(
        Call.SCAN,
        "scanning",
        () -> page(segment, totalSegments, startAfter, Math.min(most, pageSize)));
  }

  @Override
  public CompletionStage<BatchResult> putAll(List<Item> items) {
    return call(Call.PUT_ALL, "writing to", () -> write(items));
  }

  @Override
  public CompletionStage<BatchResult> deleteAll(List<Item> wanted) {
    return call(
        Call.DELETE_ALL,
        "writing to",
        () -> {
          requireAtMost(WRITE_BATCH_SIZE, wanted);
          int taken = wanted.size() - nextUnprocessed(wanted.size());
          wanted.subList(0, taken).forEach(key -> itemsByHash.remove(hash(key)));
          return new BatchResult.Taken(List.copyOf(wanted.subList(taken, wanted.size())), taken);
        });
  }

  @Override
  public CompletionStage<PutResult> putIfAbsent(Item item, List<String> keyNames) {
    return call(
        Call.PUT_IF_ABSENT,
        "writing to",
        () -> {
          Optional<StoreError> refusal = refusal(item);
          if (refusal.isPresent()) {
            return new PutResult.Refused(refusal.get());
          }
          Item existing = itemsByHash.putIfAbsent(hash(keyOf(item)), item);
          return existing == null
              ? new PutResult.Put(writeUnits(item))
              : new PutResult.Exists(existing);
        });
  }

  @Override
  public CompletionStage<ItemBatch> getAll(List<Item> wanted) {
    return call(Call.GET_ALL, "reading", () -> read(wanted));
  }

  @Override
  public CompletionStage<Void> tryPutAll(Item absentKey) {
    return call(Call.TRY_PUT_ALL, "writing to", () -> null);
  }

  @Override
  public CompletionStage<Void> tryPutIfAbsent(Item absentKey) {
    return call(Call.TRY_PUT_IF_ABSENT, "writing to", () -> null);
  }

  private ItemPage page(int segment, int totalSegments, Optional<Item> startAfter, int most) {
    String start = startAfter.map(InMemoryItemTable::hash).orElse("");
    if (startAfter.isPresent() && segmentOf(start, totalSegments) != segment) {
      throw new StoreException(
          "scanning a table",
          validation("The provided starting key is outside of the segment.").get());
    }
    List<Item> items = new ArrayList<>();
    for (Map.Entry<String, Item> entry : itemsByHash.tailMap(start, false).entrySet()) {
      if (segmentOf(entry.getKey(), totalSegments) == segment) {
        if (items.size() == most) {
          return page(items, Optional.of(keyOf(items.get(items.size() - 1))));
        }
        items.add(entry.getValue());
      }
    }
    return page(items, Optional.empty());
  }

  private static ItemPage page(List<Item> items, Optional<Item> lastKey) {
    return new ItemPage(items, lastKey, readUnits(items.stream().mapToLong(ItemSize::of).sum()));
  }

  private static double readUnits(long bytes) {
    return Math.ceil(bytes / 4096.0);
  }

  private static double writeUnits(Item item) {
    return Math.ceil(ItemSize.of(item) / 1024.0);
  }

  private BatchResult write(List<Item> items) {
    requireAtMost(WRITE_BATCH_SIZE, items);
    Set<Item> distinct = new HashSet<>();
    for (Item item : items) {
      Optional<StoreError> refusal =
          distinct.add(keyOf(item))
              ? refusal(item)
              : validation("Provided list of item keys contains duplicates");
      if (refusal.isPresent()) {
        return new BatchResult.Refused(refusal.get());
      }
    }
    int taken = items.size() - nextUnprocessed(items.size());
    items.subList(0, taken).forEach(this::put);
    return new BatchResult.Taken(
        List.copyOf(items.subList(taken, items.size())),
        items.subList(0, taken).stream().mapToDouble(InMemoryItemTable::writeUnits).sum());
  }

  private ItemBatch read(List<Item> wanted) {
    requireAtMost(READ_BATCH_SIZE, wanted);
    int taken = wanted.size() - nextUnprocessed(wanted.size());
    List<Item> found = new ArrayList<>();
    for (Item key : wanted.subList(0, taken)) {
      Item item = itemsByHash.get(hash(key));
      if (item != null) {
        found.add(item);
      }
    }
    return new ItemBatch(
        found,
        List.copyOf(wanted.subList(taken, wanted.size())),
        // What does not exist costs a unit too.
        taken
            - found.size()
            + found.stream().mapToDouble(item -> readUnits(ItemSize.of(item))).sum());
  }

  private int nextUnprocessed(int most) {
    Integer count = unprocessed.poll();
    return count == null ? 0 : Math.min(count, most);
  }

  private Optional<StoreError> refusal(Item item) {
    if (keys.stream().anyMatch(key -> !item.attributes().containsKey(key.name()))) {
      return validation("One of the required keys was not given a value");
    }
    if (ItemSize.of(item) > ItemSize.LARGEST) {
      return validation("Item size has exceeded the maximum allowed size");
    }
    return Optional.ofNullable(refusals.get(keyOf(item)));
  }

  private Item keyOf(Item item) {
    return item.key(keys.stream().map(KeyAttribute::name).toList());
  }

  private static String hash(Item key) {
    return HexFormat.of().formatHex(new ItemDigest().of(key));
  }

  private static int segmentOf(String hash, int totalSegments) {
    long first = Long.parseLong(hash.substring(0, HASH_BITS / 4), 16);
    return (int) ((first * totalSegments) >>> HASH_BITS);
  }

  private static void requireAtMost(int most, Collection<?> entries) {
    if (entries.isEmpty() || entries.size() > most) {
      throw new IllegalArgumentException("a batch has 1 to " + most + " entries");
    }
  }

  private static Optional<StoreError> validation(String message) {
    return Optional.of(new StoreError("ValidationException", message, StoreError.Scope.ENTRY));
  }

  private <T> CompletionStage<T> call(Call call, String doing, Supplier<T> work) {
    return faults.call(
        call,
        () ->
            CompletableFuture.supplyAsync(
                () -> {
                  synchronized (this) {
                    requireExistence(doing);
                    return work.get();
                  }
                },
                executor));
  }

  private void requireExistence(String doing) {
    if (lookup instanceof Lookup.Missing) {
      throw new StoreException(
          doing + " a table",
          new StoreError(
              "ResourceNotFoundException", "Requested resource not found", StoreError.Scope.RUN));
    }
  }
}
