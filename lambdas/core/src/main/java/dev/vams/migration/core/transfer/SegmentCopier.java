package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Position.Side;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.listing.ItemLookup;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.KeyRules;
import dev.vams.migration.core.transform.Transformed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Copies the items of a segment, each after its transform. The next page is read while the items of
 * the pages before are written. Under SYNC with deleteExtraneous, the same segment of the target is
 * read then, and what the source has not is deleted. Safe for use by many threads, and safe to
 * repeat from any cursor.
 */
public final class SegmentCopier implements UnitCopier<Segment> {

  /** A lookup has 100 keys, so that a few are as fast as many writes. */
  private static final int READS_IN_FLIGHT = 4;

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
    Position.AfterItem start =
        ledger
            .start()
            .map(Position.AfterItem.class::cast)
            .map(position -> position.in(segment.id(), segment.segment(), segment.totalSegments()))
            .orElseGet(() -> at(segment, Side.SOURCE, Optional.empty()));
    Optional<CopyStep> paused = Optional.empty();
    if (start.side() == Side.SOURCE) {
      paused = copyItems(plan, segment, start.lastKey(), ledger, deadline);
      start = at(segment, Side.TARGET, Optional.empty());
    }
    if (paused.isEmpty() && plan.deletesItems(segment.descriptor())) {
      paused = deleteItems(plan, segment, start.lastKey(), ledger, deadline);
    }
    return paused.orElseGet(ledger::done);
  }

  /** Copies to the end of the source's segment; or gives the step of a worker without time left. */
  private Optional<CopyStep> copyItems(
      MigrationPlan plan,
      Segment segment,
      Optional<Item> startAfter,
      CopyLedger ledger,
      Deadline deadline) {
    TablePair pair = plan.table(segment.descriptor());
    ItemTransform transform = ItemTransform.of(pair);
    TablePlan table = plan.tables().get(segment.descriptor());
    ItemWriter writer = writer(plan, pair, table.keyNames(), transform, ledger);
    return read(
        source.table(pair.from()),
        plan.itemsOfPage(pair.descriptor()),
        segment,
        Side.SOURCE,
        startAfter,
        items -> writer.write(transform(items, transform, table, ledger)),
        writer::drain,
        ledger,
        deadline);
  }

  private Optional<CopyStep> deleteItems(
      MigrationPlan plan,
      Segment segment,
      Optional<Item> startAfter,
      CopyLedger ledger,
      Deadline deadline) {
    TablePair pair = plan.table(segment.descriptor());
    List<String> keyNames = plan.tables().get(segment.descriptor()).keyNames();
    ItemTable targetTable = target.table(pair.to());
    ExtraneousItems extraneous =
        new ExtraneousItems(
            new ItemLookup(source.table(pair.from()), pair.from(), keyNames, backoff, pause),
            keyNames,
            new Batches(
                pair.to(),
                keyNames,
                targetTable::deleteAll,
                new ExtraneousItems.Booking(ledger),
                writes(plan, pair),
                backoff,
                pause),
            new InFlight(READS_IN_FLIGHT));
    return read(
        targetTable,
        plan.itemsOfPage(pair.descriptor()),
        segment,
        Side.TARGET,
        startAfter,
        extraneous::delete,
        extraneous::drain,
        ledger,
        deadline);
  }

  /**
   * Reads a segment of one side page by page, the next page while one is worked on.
   *
   * @param itemsOfPage how many items a page has at most
   * @param work begins the work on a page
   * @param drain waits until all work that was begun is booked
   */
  private Optional<CopyStep> read(
      ItemTable table,
      int itemsOfPage,
      Segment segment,
      Side side,
      Optional<Item> startAfter,
      Consumer<List<Item>> work,
      Runnable drain,
      CopyLedger ledger,
      Deadline deadline) {
    CompletionStage<ItemPage> nextPage = scan(table, itemsOfPage, segment, startAfter);
    while (true) {
      ItemPage page = InFlight.await(nextPage);
      if (page.lastKey().isPresent()) {
        nextPage = scan(table, itemsOfPage, segment, page.lastKey());
      }
      work.accept(page.items());
      if (page.lastKey().isEmpty()) {
        drain.run();
        return Optional.empty();
      }
      Position position = at(segment, side, page.lastKey());
      if (deadline.reached()) {
        drain.run();
        return Optional.of(ledger.pause(position));
      }
      if (ledger.isCheckpointDue()) {
        drain.run();
        ledger.reached(position);
      } else {
        ledger.writeFullParts();
      }
    }
  }

  private ItemWriter writer(
      MigrationPlan plan,
      TablePair pair,
      List<String> keyNames,
      ItemTransform transform,
      CopyLedger ledger) {
    ItemTable table = target.table(pair.to());
    IfTargetNotEmpty policy = pair.policy(plan.schema().options());
    if (pair.putsConditionally(plan.schema().options(), transform.changesKeys(keyNames))) {
      // Under FAIL the table was empty, so what is there is another item of this run.
      return new MergingItemWriter(
          table, keyNames, policy == IfTargetNotEmpty.FAIL, ledger, writes(plan, pair));
    }
    Batches batches =
        new Batches(
            pair.to(),
            keyNames,
            table::putAll,
            new OverwritingItemWriter.Booking(ledger),
            writes(plan, pair),
            backoff,
            pause);
    return policy == IfTargetNotEmpty.SYNC
        ? new SyncingItemWriter(
            new ItemLookup(table, pair.to(), keyNames, backoff, pause),
            keyNames,
            ledger,
            batches,
            new InFlight(READS_IN_FLIGHT))
        : new OverwritingItemWriter(batches);
  }

  private InFlight writes(MigrationPlan plan, TablePair pair) {
    return plan.writesInFlight(pair.descriptor())
        .map(most -> new InFlight(window, most))
        .orElseGet(() -> new InFlight(window));
  }

  private static Position.AfterItem at(Segment segment, Side side, Optional<Item> lastKey) {
    return new Position.AfterItem(side, segment.segment(), segment.totalSegments(), lastKey);
  }

  private static CompletionStage<ItemPage> scan(
      ItemTable table, int itemsOfPage, Segment segment, Optional<Item> startAfter) {
    return table.scan(segment.segment(), segment.totalSegments(), startAfter, itemsOfPage);
  }

  private static List<Outgoing> transform(
      List<Item> items, ItemTransform transform, TablePlan table, CopyLedger ledger) {
    KeyRules rules = new KeyRules(table.keys(), table.indexKeys());
    List<Outgoing> ready = new ArrayList<>(items.size());
    for (Item item : items) {
      Item key = item.key(table.keyNames());
      Transformed transformed = transform.apply(item);
      Optional<String> problem =
          transformed instanceof Transformed.Refused refused
              ? Optional.of(refused.reason())
              : transform.isEmpty() ? Optional.empty() : rules.broken(item(transformed));
      if (problem.isPresent()) {
        ledger.failed(Item.describe(key), problem.get(), Advice.CHANGE_TRANSFORM);
      } else {
        ledger.read(item(transformed));
        ready.add(new Outgoing(key, item(transformed)));
      }
    }
    return ready;
  }

  private static Item item(Transformed transformed) {
    return ((Transformed.Ready) transformed).item();
  }
}
