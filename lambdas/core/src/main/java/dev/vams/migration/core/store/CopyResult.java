package dev.vams.migration.core.store;

/** What came of copying one object. */
public sealed interface CopyResult {

  /** The object is at the target, whole. */
  record Copied() implements CopyResult {}

  /** This object could not be copied; others may. */
  record Refused(StoreError error) implements CopyResult {}
}
