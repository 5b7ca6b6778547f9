package dev.vams.migration.core.journal;

import dev.vams.migration.core.store.CurrentVersion;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.ObjectCopy;
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
 * @param onto the version of the target behind which it belongs: S3 orders versions by when their
 *     uploads began. Empty where that does not matter
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
    Optional<CurrentVersion> onto) {

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
        copy.onto());
  }

  /** Whether this upload makes what the copy is to make, whatever the size of its parts. */
  public boolean isOf(ObjectCopy copy) {
    return equals(of(copy, uploadId, partSize));
  }
}
