package dev.vams.migration.core.transfer;

import dev.vams.migration.core.store.Item;

/**
 * An item on its way to the target.
 *
 * @param sourceKey the key under which the source has it: what errors name
 * @param item as it goes to the target
 */
record Outgoing(Item sourceKey, Item item) {

  /** The source key for people. */
  String entry() {
    return Item.describe(sourceKey);
  }
}
