package dev.vams.migration.core.store;

import java.util.List;

/** What came of writing a batch of items. */
public sealed interface BatchResult {

  /** The batch was taken, except for these items, which must be sent again. */
  record Taken(List<Item> unprocessed) implements BatchResult {}

  /** The whole batch was refused, because of at least one of its items. */
  record Refused(StoreError error) implements BatchResult {}
}
