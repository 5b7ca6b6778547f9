package dev.vams.migration.core.transfer;

import dev.vams.migration.core.store.Item;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Puts items into the target table under one policy, and books what came of each. */
interface ItemWriter {

  /** How many items one call takes. */
  int batchSize();

  /**
   * Writes the items.
   *
   * @return a stage that completes when each of them is booked
   */
  CompletionStage<Void> write(List<Item> items);
}
