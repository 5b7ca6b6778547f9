package dev.vams.migration.core.transform;

import dev.vams.migration.core.store.Item;

/** What came of transforming an item. */
public sealed interface Transformed {

  /** The item as it goes to the target. */
  record Ready(Item item) implements Transformed {}

  /** The item holds both names of a rename, so that one of two values would be lost. */
  record Clash(String from, String to) implements Transformed {

    /** The clash for people, on one line. */
    public String line() {
      return "the item has both attributes '%s' and '%s'".formatted(from, to);
    }
  }
}
