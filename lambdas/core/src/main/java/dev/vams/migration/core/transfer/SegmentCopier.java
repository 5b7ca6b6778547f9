package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.transform.Renames;
import dev.vams.migration.core.transform.Transformed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Copies the items of a segment, each with its new attribute names. The next page is read while the
 * items of the page before are written. Safe for use by many threads, and safe to repeat from any
 * cursor.
 */
public final class SegmentCopier implements UnitCopier<Segment> {
  private final Stack source;
  private final Stack target;
  private final AimdWindow window;
  private final TransferListener listener;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Pause pause;

  /**
   * @param window how many writes are in flight at once
   * @param clock tells when a checkpoint is due
   * @param backoff how long unprocessed items wait
   * @param pause how the waiting is done
   */
  public SegmentCopier(
      Stack source,
      Stack target,
      AimdWindow window,
      TransferListener listener,
      InstantSource clock,
      Backoff backoff,
      Pause pause) {
    this.source = source;
    this.target = target;
    this.window = window;
    this.listener = listener;
    this.clock = clock;
    this.backoff = backoff;
    this.pause = pause;
  }

  @Override
  public CopyStep copy(
      Journal journal,
      MigrationPlan plan,
      Segment segment,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    CopyLedger ledger = CopyLedger.open(journal, segment, cursor, listener, clock);
    TablePair pair = plan.table(segment.descriptor());
    List<String> keyNames = plan.tables().get(segment.descriptor()).keyNames();
    ItemTable sourceTable = source.table(pair.from());
    ItemWriter writer = writer(plan, pair, keyNames, ledger);
    Renames renames = new Renames(pair.renames());
    InFlight writes = new InFlight(window);
    CompletionStage<ItemPage> nextPage =
        scan(sourceTable, segment, startKey(ledger.start(), segment));
    while (true) {
      ItemPage page = InFlight.await(nextPage);
      if (page.lastKey().isPresent()) {
        nextPage = scan(sourceTable, segment, page.lastKey());
      }
      List<Item> items = transform(page.items(), renames, keyNames, ledger);
      for (int from = 0; from < items.size(); from += writer.batchSize()) {
        List<Item> batch = items.subList(from, Math.min(from + writer.batchSize(), items.size()));
        writes.start(() -> writer.write(batch));
      }
      writes.drain();
      if (page.lastKey().isEmpty()) {
        return ledger.done();
      }
      Position position =
          new Position.AfterItem(
              Position.Side.SOURCE, segment.segment(), segment.totalSegments(), page.lastKey());
      if (deadline.reached()) {
        return ledger.pause(position);
      }
      ledger.reached(position);
    }
  }

  private ItemWriter writer(
      MigrationPlan plan, TablePair pair, List<String> keyNames, CopyLedger ledger) {
    ItemTable table = target.table(pair.to());
    return plan.schema().options().ifTargetNotEmpty() == IfTargetNotEmpty.MERGE
        ? new MergingItemWriter(table, keyNames, ledger)
        : new OverwritingItemWriter(table, pair.to(), keyNames, ledger, backoff, pause);
  }

  private static Optional<Item> startKey(Optional<Position> start, Segment segment) {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    Position.AfterItem position = (Position.AfterItem) start.get();
    if (position.segment() != segment.segment()
        || position.totalSegments() != segment.totalSegments()) {
      throw new IllegalArgumentException(
          "The cursor is of segment %s of %s and cannot continue segment %s of %s (unit %s)."
              .formatted(
                  position.segment(),
                  position.totalSegments(),
                  segment.segment(),
                  segment.totalSegments(),
                  segment.id()));
    }
    return position.lastKey();
  }

  private static CompletionStage<ItemPage> scan(
      ItemTable table, Segment segment, Optional<Item> startAfter) {
    return table.scan(segment.segment(), segment.totalSegments(), startAfter);
  }

  private static List<Item> transform(
      List<Item> items, Renames renames, List<String> keyNames, CopyLedger ledger) {
    List<Item> ready = new ArrayList<>(items.size());
    for (Item item : items) {
      Transformed transformed = renames.apply(item);
      if (transformed instanceof Transformed.Clash clash) {
        ledger.failed(
            Item.describe(item.key(keyNames)),
            "rename to '%s' would lose a value: %s".formatted(clash.to(), clash.line()),
            "Change the rename in the schema, or remove one of the attributes at the source. "
                + Advice.RETRY);
      } else {
        Item renamed = ((Transformed.Ready) transformed).item();
        ledger.read(renamed);
        ready.add(renamed);
      }
    }
    return ready;
  }
}
