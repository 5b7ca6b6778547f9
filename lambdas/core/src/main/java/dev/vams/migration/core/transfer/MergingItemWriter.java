package dev.vams.migration.core.transfer;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.PutResult;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Puts items only where the target has none with the same key. */
final class MergingItemWriter implements ItemWriter {
  private final ItemTable table;
  private final List<String> keyNames;
  private final CopyLedger ledger;

  MergingItemWriter(ItemTable table, List<String> keyNames, CopyLedger ledger) {
    this.table = table;
    this.keyNames = keyNames;
    this.ledger = ledger;
  }

  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public CompletionStage<Void> write(List<Item> items) {
    Item item = items.get(0);
    return table.putIfAbsent(item, keyNames).thenAccept(result -> book(item, result));
  }

  private void book(Item item, PutResult result) {
    if (result instanceof PutResult.Exists exists) {
      ledger.settled(isEqual(item, exists.existing()) ? Tally.ofSkipped() : Tally.ofKept());
    } else if (result instanceof PutResult.Refused refused) {
      ledger.failed(
          Item.describe(item.key(keyNames)),
          refused.error().line(),
          Advice.forItem(refused.error()));
    } else {
      ledger.settled(Tally.ofCopiedItems(1));
    }
  }

  private static boolean isEqual(Item item, Item existing) {
    ItemDigest digest = new ItemDigest();
    return Arrays.equals(digest.of(item), digest.of(existing));
  }
}
