package dev.vams.migration.core.verify;

import dev.vams.migration.core.digest.CanonicalKeys;
import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Position.Side;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.listing.ItemLookup;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit.ItemComparison;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.Value;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.KeyRules;
import dev.vams.migration.core.transform.Transformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares a segment of a differing table item by item: for each item of the source, reads the one
 * of the target by its key. Safe for use by many threads.
 */
public final class ItemComparer {

  private final Stack source;
  private final Stack target;
  private final CompareListener listener;
  private final Backoff backoff;
  private final Pause pause;

  /**
   * @param backoff how long keys wait that the service left unprocessed
   * @param pause how the waiting is done
   */
  public ItemComparer(
      Stack source, Stack target, CompareListener listener, Backoff backoff, Pause pause) {
    this.source = source;
    this.target = target;
    this.listener = listener;
    this.backoff = backoff;
    this.pause = pause;
  }

  /**
   * Compares until the segment is done or the deadline is reached.
   *
   * @param cursor where the worker before stopped; empty for the first one
   * @throws dev.vams.migration.core.store.StoreException when a table cannot be used at all
   */
  public CompareStep compare(
      Journal journal,
      MigrationPlan plan,
      ItemComparison unit,
      Optional<CompareCursor> cursor,
      Deadline deadline) {
    CompareLedger ledger = new CompareLedger(journal, unit, cursor, listener);
    TablePair pair = plan.table(unit.descriptor());
    TablePlan table = plan.tables().get(unit.descriptor());
    ItemTransform transform = ItemTransform.of(pair);
    KeyRules rules = new KeyRules(table.keys(), table.indexKeys());
    ItemLookup lookup =
        new ItemLookup(target.table(pair.to()), pair.to(), rules.keyNames(), backoff, pause);
    Optional<Item> startAfter =
        ledger
            .start()
            .map(Position.AfterItem.class::cast)
            .map(start -> start.in(unit.id(), unit.segment(), unit.totalSegments()))
            .flatMap(Position.AfterItem::lastKey);
    ItemTable sourceTable = source.table(pair.from());
    while (true) {
      ItemPage page =
          InFlight.await(
              sourceTable.scan(
                  unit.segment(),
                  unit.totalSegments(),
                  startAfter,
                  plan.itemsOfPage(unit.descriptor())));
      for (List<Item> batch : ItemLookup.batches(page.items())) {
        compare(batch, transform, rules, lookup, ledger);
        ledger.compared(batch.size(), 0);
        ledger.stepped();
      }
      if (page.lastKey().isEmpty()) {
        return ledger.done();
      }
      startAfter = page.lastKey();
      if (deadline.reached()) {
        return ledger.pause(
            new Position.AfterItem(Side.SOURCE, unit.segment(), unit.totalSegments(), startAfter));
      }
    }
  }

  /**
   * What the target should have.
   *
   * @param refused why it cannot have it; empty if it can
   */
  private record Wanted(Item item, Optional<String> refused) {}

  private void compare(
      List<Item> sourceItems,
      ItemTransform transform,
      KeyRules rules,
      ItemLookup target,
      CompareLedger ledger) {
    List<Wanted> wanted = sourceItems.stream().map(item -> wanted(item, transform, rules)).toList();
    Map<String, Item> twins =
        InFlight.await(target.find(wanted.stream().map(Wanted::item).toList()));
    CanonicalKeys keys = new CanonicalKeys(rules.keyNames());
    ItemDigest digest = new ItemDigest();
    for (int number = 0; number < wanted.size(); number++) {
      String entry = Item.describe(sourceItems.get(number).key(rules.keyNames()));
      Item expected = wanted.get(number).item();
      Optional<String> refused = wanted.get(number).refused();
      Item twin = twins.get(keys.of(expected));
      if (twin == null) {
        ledger.mismatch(
            entry, Mismatch.Kind.MISSING, refused.orElse("the target has no such item"));
      } else if (refused.isPresent()) {
        ledger.mismatch(entry, Mismatch.Kind.DIFFERENT, refused.get());
      } else if (!Arrays.equals(digest.of(expected), digest.of(twin))) {
        ledger.mismatch(entry, Mismatch.Kind.DIFFERENT, differences(expected, twin));
      }
    }
  }

  /** An item that cannot be copied is looked for as it is. */
  private static Wanted wanted(Item item, ItemTransform transform, KeyRules rules) {
    Transformed transformed = transform.apply(item);
    if (transformed instanceof Transformed.Refused refused) {
      return new Wanted(item, Optional.of(refused.reason()));
    }
    Item ready = ((Transformed.Ready) transformed).item();
    Optional<String> broken = rules.broken(ready);
    return new Wanted(broken.isPresent() ? item : ready, broken);
  }

  /** The names of the attributes that differ; their values belong into no report. */
  private static String differences(Item expected, Item actual) {
    ItemDigest digest = new ItemDigest();
    TreeSet<String> names = new TreeSet<>(expected.attributes().keySet());
    names.addAll(actual.attributes().keySet());
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      Value left = expected.attributes().get(name);
      Value right = actual.attributes().get(name);
      if (left == null || right == null) {
        differing.add("%s (only at the %s)".formatted(name, left == null ? "target" : "source"));
      } else if (!Arrays.equals(
          digest.of(new Item(Map.of(name, left))), digest.of(new Item(Map.of(name, right))))) {
        differing.add(name);
      }
    }
    return "attributes that differ: " + String.join(", ", differing);
  }
}
