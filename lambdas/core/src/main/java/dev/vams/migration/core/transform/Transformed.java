package dev.vams.migration.core.transform;

import dev.vams.migration.core.store.Item;

/** What came of transforming an item. */
public sealed interface Transformed {

  /** The item as it goes to the target. */
  record Ready(Item item) implements Transformed {}

  /**
   * An operation would have lost a value.
   *
   * @param operation its number in the {@link ItemTransform}, from 0
   * @param reason for people, on one line
   */
  record Refused(int operation, String reason) implements Transformed {}
}
