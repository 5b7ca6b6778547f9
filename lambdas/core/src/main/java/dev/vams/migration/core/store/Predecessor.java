package dev.vams.migration.core.store;

import java.util.Optional;

/**
 * The newest entry of a key, which a version is written behind: a call that takes effect late,
 * after its repetition, finds another one and does not add the version once more. A service can
 * compare ETags only, so behind a delete marker a second one is not held off.
 *
 * @param versionId its id; empty if the key has no entry
 * @param etag the ETag of an object; empty if the key has no entry, or was deleted
 */
public record Predecessor(Optional<String> versionId, Optional<String> etag) {

  /** A key without entries. */
  public static final Predecessor NONE = new Predecessor(Optional.empty(), Optional.empty());

  /** A version as listed. */
  public static Predecessor of(ObjectVersion newest) {
    return new Predecessor(
        Optional.of(newest.versionId()),
        newest.isDeleteMarker() ? Optional.empty() : Optional.of(newest.etag()));
  }
}
