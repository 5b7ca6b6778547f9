package dev.vams.migration.core.store;

import java.util.Optional;

/**
 * The newest version of a key, behind which the next one is to be written.
 *
 * @param versionId its id; empty if there is no version
 * @param etag its ETag; empty if there is no version, or it is a delete marker
 */
public record CurrentVersion(Optional<String> versionId, Optional<String> etag) {

  /** Of a key without a version. */
  public static final CurrentVersion NONE = new CurrentVersion(Optional.empty(), Optional.empty());

  /** A version as listed. */
  public static CurrentVersion of(ObjectVersion version) {
    return new CurrentVersion(
        Optional.of(version.versionId()),
        version.isDeleteMarker() ? Optional.empty() : Optional.of(version.etag()));
  }
}
