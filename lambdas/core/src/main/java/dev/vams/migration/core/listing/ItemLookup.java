package dev.vams.migration.core.listing;

import dev.vams.migration.core.digest.CanonicalKeys;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Looks up items of one table by their keys; what the service leaves unprocessed is asked for again
 * until nothing is left. Safe for use by many threads.
 */
public final class ItemLookup {

  /** As often as an item is sent; then the workflow repeats the unit later. */
  private static final int MOST_ATTEMPTS = 60;

  private final ItemTable table;
  private final String tableName;
  private final List<String> keyNames;
  private final Backoff backoff;
  private final Pause pause;

  /**
   * @param keyNames the key attributes of the table
   * @param backoff how long keys wait that the service left unprocessed
   * @param pause how the waiting is done
   */
  public ItemLookup(
      ItemTable table, String tableName, List<String> keyNames, Backoff backoff, Pause pause) {
    this.table = table;
    this.tableName = tableName;
    this.keyNames = List.copyOf(keyNames);
    this.backoff = backoff;
    this.pause = pause;
  }

  /** The items in their order, in batches of as many as {@link #find} takes. */
  public static List<List<Item>> batches(List<Item> items) {
    return IntStream.iterate(
            0, from -> from < items.size(), from -> from + ItemTable.READ_BATCH_SIZE)
        .mapToObj(
            from -> items.subList(from, Math.min(from + ItemTable.READ_BATCH_SIZE, items.size())))
        .toList();
  }

  /**
   * The items that exist, by the names that {@link CanonicalKeys} gives their keys.
   *
   * @param items items with the wanted keys, or the keys; at most {@value
   *     ItemTable#READ_BATCH_SIZE}, the same key as often as one likes
   */
  public CompletionStage<Map<String, Item>> find(Collection<Item> items) {
    CanonicalKeys names = new CanonicalKeys(keyNames);
    Map<String, Item> keys = new LinkedHashMap<>();
    items.forEach(item -> keys.put(names.of(item), item.key(keyNames)));
    return find(List.copyOf(keys.values()), new HashMap<>(), 1);
  }

  private CompletionStage<Map<String, Item>> find(
      List<Item> keys, Map<String, Item> found, int attempt) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedStage(found);
    }
    return table
        .getAll(keys)
        .thenCompose(
            batch -> {
              CanonicalKeys names = new CanonicalKeys(keyNames);
              batch.items().forEach(item -> found.put(names.of(item), item));
              List<Item> left = batch.unprocessedKeys();
              if (left.isEmpty()) {
                return CompletableFuture.completedStage(found);
              }
              if (attempt == MOST_ATTEMPTS) {
                throw new StoreException(
                    "reading table " + tableName,
                    new StoreError(
                        "UnprocessedKeys",
                        "keys were still unprocessed after %s attempts".formatted(attempt),
                        StoreError.Scope.TRANSIENT));
              }
              return pause
                  .after(backoff.delay(attempt))
                  .thenCompose(passed -> find(left, found, attempt + 1));
            });
  }
}
