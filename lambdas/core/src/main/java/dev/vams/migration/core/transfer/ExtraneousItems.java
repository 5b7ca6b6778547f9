package dev.vams.migration.core.transfer;

import dev.vams.migration.core.digest.CanonicalKeys;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.ItemLookup;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.StoreError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Deletes items of the target whose keys the source does not have. */
final class ExtraneousItems {
  private final ItemLookup source;
  private final List<String> keyNames;
  private final Batches deletions;
  private final InFlight reads;

  /**
   * @param deletions deletes by keys
   * @param reads bounds the batches of reads in flight
   */
  ExtraneousItems(ItemLookup source, List<String> keyNames, Batches deletions, InFlight reads) {
    this.source = source;
    this.keyNames = keyNames;
    this.deletions = deletions;
    this.reads = reads;
  }

  /** Deletes those of the target's items, soon. */
  void delete(List<Item> targetItems) {
    for (List<Item> batch : ItemLookup.batches(targetItems)) {
      List<Item> keys = batch.stream().map(item -> item.key(keyNames)).toList();
      reads.start(() -> lookUp(keys));
      deletions.takeReturned();
    }
  }

  /** Waits until all are booked. */
  void drain() {
    reads.drain();
    deletions.drain();
  }

  private CompletionStage<Void> lookUp(List<Item> keys) {
    return source.find(keys).thenAccept(existing -> sort(keys, existing));
  }

  private void sort(List<Item> keys, Map<String, Item> existing) {
    CanonicalKeys names = new CanonicalKeys(keyNames);
    for (Item key : keys) {
      if (!existing.containsKey(names.of(key))) {
        deletions.giveBack(new Outgoing(key, key));
      }
    }
  }

  /** Books deleted items. */
  record Booking(CopyLedger ledger) implements Batches.Booking {
    @Override
    public void taken(List<Outgoing> keys) {
      keys.forEach(key -> ledger.deleted(key.entry()));
    }

    @Override
    public void refused(Outgoing key, StoreError error) {
      ledger.failed(key.entry(), error.line(), Advice.forItem(error));
    }
  }
}
