package dev.vams.migration.core.store;

import java.util.Optional;

/** What came of copying one object. */
public sealed interface CopyResult {

  /**
   * The object is at the target, whole.
   *
   * @param versionId which version it is there; empty if the bucket keeps none
   */
  record Copied(Optional<String> versionId) implements CopyResult {}

  /** This object could not be copied; others may. */
  record Refused(StoreError error) implements CopyResult {}
}
