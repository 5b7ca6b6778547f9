package dev.vams.migration.core.verify;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Position.Side;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.Transformed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Counts and digests one segment of the source, as it should be at the target, then the same
 * segment of the target. The same item may be in different segments on the two sides, so only the
 * sums over all segments of a table can be compared. Safe for use by many threads.
 */
public final class SegmentComparer {
  private final Stack source;
  private final Stack target;
  private final CompareListener listener;

  /** Creates one that reads these stacks. */
  public SegmentComparer(Stack source, Stack target, CompareListener listener) {
    this.source = source;
    this.target = target;
    this.listener = listener;
  }

  /**
   * Reads until both sides are done or the deadline is reached.
   *
   * @param cursor where the worker before stopped; empty for the first one
   * @throws dev.vams.migration.core.store.StoreException when a table cannot be used at all
   */
  public CompareStep compare(
      Journal journal,
      MigrationPlan plan,
      Segment segment,
      Optional<CompareCursor> cursor,
      Deadline deadline) {
    CompareLedger ledger = new CompareLedger(journal, segment, cursor, listener);
    TablePair pair = plan.table(segment.descriptor());
    ItemTransform transform = ItemTransform.of(pair);
    ItemDigest digest = new ItemDigest();
    int itemsOfPage = plan.itemsOfPage(segment.descriptor());
    Position.AfterItem position =
        ledger
            .start()
            .map(Position.AfterItem.class::cast)
            .map(start -> start.in(segment.id(), segment.segment(), segment.totalSegments()))
            .orElseGet(() -> at(segment, Side.SOURCE, Optional.empty()));
    // One of each: a table that is kept to a rate learns from its pages.
    Map<Side, ItemTable> tables =
        Map.of(Side.SOURCE, source.table(pair.from()), Side.TARGET, target.table(pair.to()));
    CompletionStage<ItemPage> nextPage = scan(tables, position, itemsOfPage);
    while (true) {
      ItemPage page = InFlight.await(nextPage);
      Side side = position.side();
      boolean finished = page.lastKey().isEmpty() && side == Side.TARGET;
      if (!finished) {
        position = at(segment, page.lastKey().isEmpty() ? Side.TARGET : side, page.lastKey());
        nextPage = scan(tables, position, itemsOfPage);
      }
      for (Item item : page.items()) {
        if (side == Side.TARGET) {
          ledger.readTarget(digest.of(item));
        } else {
          ledger.readSource(digest.of(asCopied(item, transform)));
        }
      }
      ledger.compared(page.items().size(), 0);
      if (finished) {
        return ledger.done();
      }
      if (deadline.reached()) {
        return ledger.pause(position);
      }
    }
  }

  /** An item that cannot be copied is digested as it is, so that the sums differ. */
  private static Item asCopied(Item item, ItemTransform transform) {
    return transform.apply(item) instanceof Transformed.Ready ready ? ready.item() : item;
  }

  private static Position.AfterItem at(Segment segment, Side side, Optional<Item> lastKey) {
    return new Position.AfterItem(side, segment.segment(), segment.totalSegments(), lastKey);
  }

  private static CompletionStage<ItemPage> scan(
      Map<Side, ItemTable> tables, Position.AfterItem position, int itemsOfPage) {
    return tables
        .get(position.side())
        .scan(position.segment(), position.totalSegments(), position.lastKey(), itemsOfPage);
  }
}
