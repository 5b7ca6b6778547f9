package dev.vams.migration.core.store;

/** What came of copying one object. */
public sealed interface CopyResult {

  /**
   * The object is at the target, whole.
   *
   * @param version which version it is there; without an id if the bucket keeps none
   */
  record Copied(CurrentVersion version) implements CopyResult {}

  /** This object could not be copied; others may. */
  record Refused(StoreError error) implements CopyResult {}
}
