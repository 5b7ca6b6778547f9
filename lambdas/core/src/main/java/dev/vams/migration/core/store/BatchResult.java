package dev.vams.migration.core.store;

import java.util.List;

/** What came of writing a batch of items, or deleting them. */
public sealed interface BatchResult {

  /**
   * The batch was taken.
   *
   * @param unprocessed items, or keys, that were not, and must be sent again
   * @param units how many write units it took, those of indexes included
   */
  record Taken(List<Item> unprocessed, double units) implements BatchResult {}

  /** The whole batch was refused, because of at least one of its items. */
  record Refused(StoreError error) implements BatchResult {}
}
