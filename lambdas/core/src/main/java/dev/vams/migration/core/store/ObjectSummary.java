package dev.vams.migration.core.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a listing says of one object.
 *
 * @param key the key, exactly as stored: never normalised
 * @param size bytes
 * @param etag the ETag without its quotes
 * @param lastModified when the object was written, in whole seconds
 * @param storageClass the storage class, such as {@code STANDARD}
 * @param versionId which version of the key it is; empty for the current one, whichever that is
 */
public record ObjectSummary(
    String key,
    long size,
    String etag,
    Instant lastModified,
    String storageClass,
    Optional<String> versionId) {

  /** The current version of a key. */
  public ObjectSummary(
      String key, long size, String etag, Instant lastModified, String storageClass) {
    this(key, size, etag, lastModified, storageClass, Optional.empty());
  }
}
