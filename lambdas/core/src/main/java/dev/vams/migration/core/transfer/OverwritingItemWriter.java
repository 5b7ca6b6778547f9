package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.store.BatchResult;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts items over what is there, in batches. What the service leaves unprocessed is sent again
 * until nothing is left; a refused batch is halved until the item to blame stands alone.
 */
final class OverwritingItemWriter implements ItemWriter {

  /**
   * How often one batch is sent when the service keeps leaving items unprocessed: with the backoff
   * of five seconds at most, a few minutes. Then the workflow repeats the unit later.
   */
  private static final int MOST_ATTEMPTS = 60;

  private final ItemTable table;
  private final String tableName;
  private final List<String> keyNames;
  private final CopyLedger ledger;
  private final Backoff backoff;
  private final Pause pause;

  OverwritingItemWriter(
      ItemTable table,
      String tableName,
      List<String> keyNames,
      CopyLedger ledger,
      Backoff backoff,
      Pause pause) {
    this.table = table;
    this.tableName = tableName;
    this.keyNames = keyNames;
    this.ledger = ledger;
    this.backoff = backoff;
    this.pause = pause;
  }

  @Override
  public int batchSize() {
    return ItemTable.WRITE_BATCH_SIZE;
  }

  @Override
  public CompletionStage<Void> write(List<Item> items) {
    return write(items, 1);
  }

  private CompletionStage<Void> write(List<Item> items, int attempt) {
    return table
        .putAll(items)
        .thenCompose(
            result -> {
              if (result instanceof BatchResult.Refused refused) {
                return isolate(items, refused.error());
              }
              return repeatUnprocessed(items, (BatchResult.Taken) result, attempt);
            });
  }

  private CompletionStage<Void> repeatUnprocessed(
      List<Item> items, BatchResult.Taken taken, int attempt) {
    List<Item> unprocessed = taken.unprocessed();
    if (unprocessed.size() < items.size()) {
      ledger.settled(Tally.ofCopiedItems(items.size() - unprocessed.size()));
    }
    if (unprocessed.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    if (attempt == MOST_ATTEMPTS) {
      throw new StoreException(
          "writing to table " + tableName,
          new StoreError(
              "UnprocessedItems",
              "items were still unprocessed after %s attempts".formatted(attempt),
              StoreError.Scope.TRANSIENT));
    }
    return pause
        .after(backoff.delay(attempt))
        .thenCompose(passed -> write(unprocessed, attempt + 1));
  }

  private CompletionStage<Void> isolate(List<Item> items, StoreError error) {
    if (items.size() == 1) {
      Item key = items.get(0).key(keyNames);
      ledger.failed(Item.describe(key), error.line(), Advice.forItem(error));
      return CompletableFuture.completedStage(null);
    }
    int half = items.size() / 2;
    return write(items.subList(0, half))
        .thenCompose(firstHalf -> write(items.subList(half, items.size())));
  }
}
