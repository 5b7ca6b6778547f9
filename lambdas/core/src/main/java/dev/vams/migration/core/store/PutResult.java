package dev.vams.migration.core.store;

/** What came of putting one item where none may be overwritten. */
public sealed interface PutResult {

  /**
   * The item is at the target.
   *
   * @param units how many write units it took, those of indexes included
   */
  record Put(double units) implements PutResult {}

  /** The target already holds an item with this key, which stays as it is. */
  record Exists(Item existing) implements PutResult {}

  /** This item could not be written; others may. */
  record Refused(StoreError error) implements PutResult {}
}
