package dev.vams.migration.core.inventory;

import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.transform.Renames;
import dev.vams.migration.core.transform.Transformed;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

/**
 * Reads a whole table in search of an item that has both names of a rename: one of its two values
 * would be lost. Costs one strongly consistent read of the table. Memory holds one page for each
 * parallel segment.
 */
final class ClashSearch {

  /** Enough to read faster than one worker transforms, and few enough pages for a small heap. */
  private static final int SEGMENTS = 8;

  private final ItemTable table;
  private final TableFacts facts;
  private final Renames renames;
  private long items;

  ClashSearch(ItemTable table, TableFacts facts, Renames renames) {
    this.table = table;
    this.facts = facts;
    this.renames = renames;
  }

  /** What the search came to. */
  sealed interface Outcome {

    /** No item has both names. */
    record Nothing() implements Outcome {}

    /** One item that has; there may be more. */
    record Found(Item key, Transformed.Clash clash) implements Outcome {}

    /**
     * The search ended early.
     *
     * @param reason why
     * @param items how many items were looked at
     */
    record Unfinished(String reason, long items) implements Outcome {}
  }

  /** A page that is on its way. */
  private record Reading(int segment, CompletionStage<ItemPage> page) {}

  /**
   * Searches until an item is found, the table is read, the deadline is reached, or the table is
   * throttled for so long that a call gives up: the search is not worth to hold up a migration.
   *
   * @throws StoreException when the table cannot be read
   */
  Outcome search(Deadline deadline) {
    try {
      return read(deadline);
    } catch (StoreException e) {
      if (e.error().scope() == StoreError.Scope.TRANSIENT) {
        return new Outcome.Unfinished(e.error().code(), items);
      }
      throw e;
    }
  }

  private Outcome read(Deadline deadline) {
    Queue<Reading> readings = new ArrayDeque<>();
    for (int segment = 0; segment < SEGMENTS; segment++) {
      readings.add(read(segment, Optional.empty()));
    }
    while (!readings.isEmpty()) {
      Reading reading = readings.remove();
      ItemPage page = InFlight.await(reading.page());
      if (page.lastKey().isPresent()) {
        readings.add(read(reading.segment(), page.lastKey()));
      }
      for (Item item : page.items()) {
        if (renames.apply(item) instanceof Transformed.Clash clash) {
          return new Outcome.Found(item.key(facts.keyNames()), clash);
        }
      }
      items += page.items().size();
      if (!readings.isEmpty() && deadline.reached()) {
        return new Outcome.Unfinished("its time was up", items);
      }
    }
    return new Outcome.Nothing();
  }

  private Reading read(int segment, Optional<Item> startAfter) {
    return new Reading(segment, table.scan(segment, SEGMENTS, startAfter));
  }
}
