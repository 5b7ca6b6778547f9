package dev.vams.migration.core.store;

import dev.vams.migration.core.store.ObjectSummary.Restored;
import java.time.Instant;
import java.util.Optional;

/**
 * What a listing of versions says of one of them.
 *
 * @param key the key, exactly as stored: never normalised
 * @param versionId how the service calls it; {@code null}, the text, where it was written while the
 *     bucket kept no versions
 * @param isDeleteMarker whether it only says that the key was deleted
 * @param size bytes; 0 for a delete marker
 * @param etag the ETag without its quotes; empty for a delete marker
 * @param lastModified when it was written, on AWS in whole seconds
 * @param storageClass the storage class, such as {@code STANDARD}; empty for a delete marker
 * @param restored how far its restore has come, if it is archived
 */
public record ObjectVersion(
    String key,
    String versionId,
    boolean isDeleteMarker,
    long size,
    String etag,
    Instant lastModified,
    String storageClass,
    Restored restored) {

  /** A delete marker. */
  public static ObjectVersion deleteMarker(String key, String versionId, Instant lastModified) {
    return new ObjectVersion(key, versionId, true, 0, "", lastModified, "", Restored.NO);
  }

  /** The object that this version is. */
  public ObjectSummary object() {
    return new ObjectSummary(
        key, size, etag, lastModified, storageClass, Optional.of(versionId), restored);
  }
}
