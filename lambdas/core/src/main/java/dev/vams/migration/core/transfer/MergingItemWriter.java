package dev.vams.migration.core.transfer;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.PutResult;
import java.util.Arrays;
import java.util.List;

/** Puts items only where the target has none with the same key. */
final class MergingItemWriter implements ItemWriter {
  private final ItemTable table;
  private final List<String> keyNames;
  private final boolean isToBeFree;
  private final CopyLedger ledger;
  private final InFlight puts;

  /**
   * @param isToBeFree whether no other item may be there: one that differs is a failure then, and
   *     is kept otherwise
   * @param puts bounds the puts in flight
   */
  MergingItemWriter(
      ItemTable table,
      List<String> keyNames,
      boolean isToBeFree,
      CopyLedger ledger,
      InFlight puts) {
    this.table = table;
    this.keyNames = keyNames;
    this.isToBeFree = isToBeFree;
    this.ledger = ledger;
    this.puts = puts;
  }

  @Override
  public void write(List<Outgoing> items) {
    for (Outgoing item : items) {
      puts.start(
          () -> table.putIfAbsent(item.item(), keyNames).thenAccept(result -> book(item, result)));
    }
  }

  @Override
  public void drain() {
    puts.drain();
  }

  private void book(Outgoing item, PutResult result) {
    if (result instanceof PutResult.Exists exists) {
      bookExisting(item, exists.existing());
    } else if (result instanceof PutResult.Refused refused) {
      ledger.failed(
          item.entry(),
          Advice.lineOf(refused.error(), item.item()),
          Advice.forItem(refused.error()));
    } else {
      ledger.settled(Tally.ofCopiedItems(1));
    }
  }

  private void bookExisting(Outgoing item, Item existing) {
    if (isEqual(item.item(), existing)) {
      ledger.settled(Tally.ofSkipped());
    } else if (isToBeFree) {
      ledger.failed(
          item.entry(),
          "the target has another item with the key " + Item.describe(item.item().key(keyNames)),
          "If two items of the source have this key after the transform, change the transform; if the"
              + " source has changed since an earlier run, empty the target table and start again.");
    } else {
      ledger.settled(Tally.ofKept());
    }
  }

  private static boolean isEqual(Item item, Item existing) {
    ItemDigest digest = new ItemDigest();
    return Arrays.equals(digest.of(item), digest.of(existing));
  }
}
