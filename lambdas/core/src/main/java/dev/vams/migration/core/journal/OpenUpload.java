package dev.vams.migration.core.journal;

import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.Predecessor;
import java.util.Optional;

/**
 * An upload in parts that a worker has begun, written down before its first part: whoever finds it
 * may continue or abort it, and nobody touches an upload that is not written down.
 *
 * @param bucket the target bucket
 * @param key the key at both ends
 * @param uploadId how the service calls it
 * @param sourceBucket where the object comes from
 * @param etag the source's ETag
 * @param lastModified when the source was written, ISO 8601 in UTC
 * @param size the source's size, bytes
 * @param partSize the size of all parts but the last, bytes
 * @param encryption how the object is encrypted; empty for the target bucket's default
 * @param versionId which version of the source it is of; empty for the current one
 * @param predecessorId the target's newest version when it was begun, if it is of a version: S3
 *     orders versions by when they were begun, so one that is completed behind a newer one would
 *     come before it in the history
 */
public record OpenUpload(
    String bucket,
    String key,
    String uploadId,
    String sourceBucket,
    String etag,
    String lastModified,
    long size,
    long partSize,
    Optional<Encryption> encryption,
    Optional<String> versionId,
    Optional<String> predecessorId) {

  /** An upload of a copy. */
  public static OpenUpload of(ObjectCopy copy, String uploadId, long partSize) {
    return new OpenUpload(
        copy.targetBucket(),
        copy.key(),
        uploadId,
        copy.sourceBucket(),
        copy.source().etag(),
        copy.source().lastModified().toString(),
        copy.source().size(),
        partSize,
        copy.encryption(),
        copy.source().versionId(),
        copy.predecessor().flatMap(Predecessor::versionId));
  }

  /** Whether this upload makes what the copy is to make, whatever the size of its parts. */
  public boolean isOf(ObjectCopy copy) {
    return equals(of(copy, uploadId, partSize));
  }
}
