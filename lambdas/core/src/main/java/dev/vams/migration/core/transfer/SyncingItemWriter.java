package dev.vams.migration.core.transfer;

import dev.vams.migration.core.digest.CanonicalKeys;
import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.ItemLookup;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemSize;
import dev.vams.migration.core.store.ItemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads what the target has under the items' keys, and puts only what differs or is missing. */
final class SyncingItemWriter implements ItemWriter {

  /** How many bytes of items close a batch of reads, so that memory is bounded: 256 KiB. */
  private static final int MOST_BYTES = 256 << 10;

  private final ItemLookup target;
  private final List<String> keyNames;
  private final CopyLedger ledger;
  private final Batches batches;
  private final InFlight reads;

  /**
   * @param batches puts what differs
   * @param reads bounds the batches of reads in flight
   */
  SyncingItemWriter(
      ItemLookup target,
      List<String> keyNames,
      CopyLedger ledger,
      Batches batches,
      InFlight reads) {
    this.target = target;
    this.keyNames = keyNames;
    this.ledger = ledger;
    this.batches = batches;
    this.reads = reads;
  }

  @Override
  public void write(List<Outgoing> items) {
    List<Outgoing> next = new ArrayList<>();
    long bytes = 0;
    for (Outgoing item : items) {
      bytes += ItemSize.of(item.item());
      next.add(item);
      if (next.size() == ItemTable.READ_BATCH_SIZE || bytes >= MOST_BYTES) {
        compare(next);
        next = new ArrayList<>();
        bytes = 0;
      }
    }
    compare(next);
  }

  @Override
  public void drain() {
    reads.drain();
    batches.drain();
  }

  private void compare(List<Outgoing> items) {
    if (!items.isEmpty()) {
      reads.start(() -> compareWithTarget(items));
      batches.takeReturned();
    }
  }

  private CompletionStage<Void> compareWithTarget(List<Outgoing> items) {
    return target
        .find(items.stream().map(Outgoing::item).toList())
        .thenAccept(existing -> sort(items, existing));
  }

  private void sort(List<Outgoing> items, Map<String, Item> existing) {
    CanonicalKeys keys = new CanonicalKeys(keyNames);
    ItemDigest digest = new ItemDigest();
    for (Outgoing item : items) {
      Item twin = existing.get(keys.of(item.item()));
      if (twin != null && Arrays.equals(digest.of(item.item()), digest.of(twin))) {
        ledger.settled(Tally.ofSkipped());
      } else {
        batches.giveBack(item);
      }
    }
  }
}
