package dev.vams.migration.core.inventory;

import dev.vams.migration.core.digest.CanonicalKeys;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.KeyRules;
import dev.vams.migration.core.transform.Transformed;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Applies a transform to a whole table, in search of an item that cannot go to the target: a value
 * would be lost, a key would be none, or two items would have the same key. Costs one strongly
 * consistent read of the table. Memory holds a few pages, and, where keys change, the keys of up to
 * {@value #MOST_KEYS} items, some 70 MB.
 */
final class TransformSearch {

  /** Enough to read faster than one worker transforms, and few enough pages for a small heap. */
  private static final int PAGES_IN_FLIGHT = 4;

  /**
   * Segments are read in their order, and each costs a read unit at least. One for each MiB:
   * DynamoDB Local takes the longer for a page, the larger its segment is.
   */
  private static final int MOST_SEGMENTS = 64;

  private static final int BYTES_PER_SEGMENT = 1 << 20;

  private static final int MOST_KEYS = 500_000;

  private static final String WHOLE = "transform";

  private final ItemTable table;
  private final int segments;
  private final List<String> keyNames;
  private final ItemTransform transform;
  private final boolean changesKeys;
  private final KeyRules rules;
  private final CanonicalKeys names;
  private final Set<String> keys = new HashSet<>();
  private final long[] changes;
  private final Queue<Reading> readings = new ArrayDeque<>();
  private int segmentsBegun;
  private long items;

  /**
   * @param facts of the table
   * @param rules of the target table
   */
  TransformSearch(ItemTable table, TableFacts facts, KeyRules rules, ItemTransform transform) {
    this.table = table;
    segments =
        (int)
            Math.max(
                PAGES_IN_FLIGHT,
                Math.min(facts.approximateBytes() / BYTES_PER_SEGMENT, MOST_SEGMENTS));
    keyNames = facts.keyNames();
    this.rules = rules;
    this.transform = transform;
    changesKeys = transform.changesKeys(keyNames);
    names = new CanonicalKeys(keyNames);
    changes = new long[transform.operations().size()];
  }

  /** What the search came to. */
  sealed interface Outcome {

    /**
     * All items can go to the target.
     *
     * @param items how many there are
     * @param idle the numbers of operations that change none of them
     * @param comparedKeys of how many items the keys were compared, where keys change
     */
    record Passed(long items, List<Integer> idle, long comparedKeys) implements Outcome {}

    /**
     * One item that cannot; there may be more.
     *
     * @param key its key at the source
     * @param place where in the pair the reason is written
     */
    record Found(Item key, String place, String reason) implements Outcome {}

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
    beginSegment();
    while (!readings.isEmpty()) {
      Reading reading = readings.remove();
      ItemPage page = InFlight.await(reading.page());
      if (page.lastKey().isPresent()) {
        read(reading.segment(), page.lastKey());
      }
      // What the first page used tells a rate what the others will use.
      while (readings.size() < PAGES_IN_FLIGHT && segmentsBegun < segments) {
        beginSegment();
      }
      for (Item item : page.items()) {
        Optional<Outcome> found = look(item);
        if (found.isPresent()) {
          return found.get();
        }
      }
      items += page.items().size();
      if (!readings.isEmpty() && deadline.reached()) {
        return new Outcome.Unfinished("its time was up", items);
      }
    }
    return new Outcome.Passed(
        items,
        IntStream.range(0, changes.length).filter(number -> changes[number] == 0).boxed().toList(),
        keys.size());
  }

  private Optional<Outcome> look(Item item) {
    Item key = item.key(keyNames);
    Transformed transformed = transform.apply(item, number -> changes[number]++);
    if (transformed instanceof Transformed.Refused refused) {
      return Optional.of(
          new Outcome.Found(key, transform.place(refused.operation()), refused.reason()));
    }
    Item ready = ((Transformed.Ready) transformed).item();
    Optional<String> broken = rules.broken(ready);
    if (broken.isPresent()) {
      return Optional.of(new Outcome.Found(key, WHOLE, broken.get()));
    }
    if (changesKeys && isTaken(names.of(ready))) {
      return Optional.of(
          new Outcome.Found(
              key,
              WHOLE,
              "another item has the same key afterwards: " + Item.describe(ready.key(keyNames))));
    }
    return Optional.empty();
  }

  /** Further keys are looked for among those that are remembered. */
  private boolean isTaken(String key) {
    return keys.size() < MOST_KEYS ? !keys.add(key) : keys.contains(key);
  }

  private void beginSegment() {
    read(segmentsBegun++, Optional.empty());
  }

  private void read(int segment, Optional<Item> startAfter) {
    readings.add(
        new Reading(
            segment, table.scan(segment, segments, startAfter, MigrationPlan.MOST_ITEMS_OF_PAGE)));
  }
}
