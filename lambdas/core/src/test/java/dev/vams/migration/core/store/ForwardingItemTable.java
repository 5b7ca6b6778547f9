package dev.vams.migration.core.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A table that does as another one does, but for what a test overrides. */
public class ForwardingItemTable implements ItemTable {
  private final ItemTable table;

  protected ForwardingItemTable(ItemTable table) {
    this.table = table;
  }

  @Override
  public Lookup<TableFacts> look() {
    return table.look();
  }

  @Override
  public CompletionStage<Boolean> isEmpty() {
    return table.isEmpty();
  }

  @Override
  public CompletionStage<ItemPage> scan(
      int segment, int totalSegments, Optional<Item> startAfter, int most) {
    return table.scan(segment, totalSegments, startAfter, most);
  }

  @Override
  public CompletionStage<BatchResult> putAll(List<Item> items) {
    return table.putAll(items);
  }

  @Override
  public CompletionStage<BatchResult> deleteAll(List<Item> keys) {
    return table.deleteAll(keys);
  }

  @Override
  public CompletionStage<PutResult> putIfAbsent(Item item, List<String> keyNames) {
    return table.putIfAbsent(item, keyNames);
  }

  @Override
  public CompletionStage<ItemBatch> getAll(List<Item> keys) {
    return table.getAll(keys);
  }

  @Override
  public CompletionStage<Void> tryPutAll(Item absentKey) {
    return table.tryPutAll(absentKey);
  }

  @Override
  public CompletionStage<Void> tryPutIfAbsent(Item absentKey) {
    return table.tryPutIfAbsent(absentKey);
  }
}
