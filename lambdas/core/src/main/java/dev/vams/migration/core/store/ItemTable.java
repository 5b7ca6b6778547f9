package dev.vams.migration.core.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One table of one stack.
 *
 * <p>Safe for use by many threads. A stage completes on a thread of the client and must not be
 * blocked there. It completes exceptionally with {@link StoreException} when the table cannot go
 * on; throttled and failed calls have been repeated by then. All reads are strongly consistent:
 * they see every write that was acknowledged before.
 */
public interface ItemTable {

  /**
   * At most so many items in one batch of writes (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>).
   */
  int WRITE_BATCH_SIZE = 25;

  /**
   * At most so many keys in one batch of reads (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>).
   */
  int READ_BATCH_SIZE = 100;

  /** As many items of a page as the service gives: about 1 MB. */
  int WHOLE_PAGE = Integer.MAX_VALUE;

  /** Looks at the table. Never throws for a table that is missing or forbidden. */
  Lookup<TableFacts> look();

  /** Whether the table holds no item at all. */
  CompletionStage<Boolean> isEmpty();

  /**
   * Reads one page, about 1 MB, of one segment of the table.
   *
   * @param segment from 0
   * @param totalSegments in how many segments the table is read; the same for all pages
   * @param startAfter the last key of the page before; empty for the first page
   */
  default CompletionStage<ItemPage> scan(
      int segment, int totalSegments, Optional<Item> startAfter) {
    return scan(segment, totalSegments, startAfter, WHOLE_PAGE);
  }

  /**
   * The same.
   *
   * @param most how many items the page has at most, at least 1
   */
  CompletionStage<ItemPage> scan(
      int segment, int totalSegments, Optional<Item> startAfter, int most);

  /**
   * Puts up to {@value #WRITE_BATCH_SIZE} items with different keys, over what is there. Safe to
   * repeat.
   */
  CompletionStage<BatchResult> putAll(List<Item> items);

  /**
   * Deletes up to {@value #WRITE_BATCH_SIZE} items by their keys, which are different; what does
   * not exist counts as deleted. Safe to repeat.
   */
  CompletionStage<BatchResult> deleteAll(List<Item> keys);

  /**
   * Puts an item where the table holds none with this key. Safe to repeat.
   *
   * @param keyNames the key attributes of the table
   */
  CompletionStage<PutResult> putIfAbsent(Item item, List<String> keyNames);

  /** Reads up to {@value #READ_BATCH_SIZE} items by their keys, which are different. */
  CompletionStage<ItemBatch> getAll(List<Item> keys);

  /**
   * Proves that {@link #putAll} is allowed, by deleting an item that does not exist in a batch of
   * writes. Costs one write unit.
   *
   * @param absentKey a key that no item has
   * @return completes exceptionally with {@link StoreException} when it is not allowed
   */
  CompletionStage<Void> tryPutAll(Item absentKey);

  /**
   * Proves that {@link #putIfAbsent} is allowed, by a put on a condition that no item meets. Costs
   * one write unit.
   *
   * @param absentKey a key that no item has
   * @return completes exceptionally with {@link StoreException} when it is not allowed
   */
  CompletionStage<Void> tryPutIfAbsent(Item absentKey);
}
