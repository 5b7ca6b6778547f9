package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.store.StoreError;
import java.util.List;

/** Puts items over what is there. */
record OverwritingItemWriter(Batches batches) implements ItemWriter {

  @Override
  public void write(List<Outgoing> items) {
    items.forEach(batches::add);
  }

  @Override
  public void drain() {
    batches.drain();
  }

  /** Books copied items. */
  record Booking(CopyLedger ledger) implements Batches.Booking {
    @Override
    public void taken(List<Outgoing> items) {
      ledger.settled(Tally.ofCopiedItems(items.size()));
    }

    @Override
    public void refused(Outgoing item, StoreError error) {
      ledger.failed(item.entry(), Advice.lineOf(error, item.item()), Advice.forItem(error));
    }
  }
}
