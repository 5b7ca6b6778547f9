package dev.vams.migration.core.store;

import java.util.Optional;

/** What came of copying one object. */
public sealed interface CopyResult {

  /**
   * The object is at the target, whole.
   *
   * @param versionId which version it is there; empty if the bucket keeps none
   * @param etag its ETag there, without quotes; empty for a delete marker
   */
  record Copied(Optional<String> versionId, Optional<String> etag) implements CopyResult {}

  /** This object could not be copied; others may. */
  record Refused(StoreError error) implements CopyResult {}
}
