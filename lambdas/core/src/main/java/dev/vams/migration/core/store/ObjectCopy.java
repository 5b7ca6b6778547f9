package dev.vams.migration.core.store;

import java.util.Optional;

/**
 * One object to be copied.
 *
 * @param sourceBucket where it is
 * @param source the object as listed; the copy is refused when its ETag has changed since
 * @param targetBucket where it goes, under the same key
 * @param encryption how the copy is encrypted; empty for the target bucket's default
 * @param lock what is to keep the copy from being deleted
 * @param onto what the target has under this key; the copy is refused when that has changed since,
 *     as far as ETags tell. Empty where that does not matter
 */
public record ObjectCopy(
    String sourceBucket,
    ObjectSummary source,
    String targetBucket,
    Optional<Encryption> encryption,
    ObjectLock lock,
    Optional<CurrentVersion> onto) {

  /** A copy that is encrypted as the target bucket wants it, and not locked. */
  public ObjectCopy(String sourceBucket, ObjectSummary source, String targetBucket) {
    this(sourceBucket, source, targetBucket, Optional.empty(), ObjectLock.NONE, Optional.empty());
  }

  /** The same copy, to be written behind this version only. */
  public ObjectCopy behind(CurrentVersion current) {
    return new ObjectCopy(
        sourceBucket, source, targetBucket, encryption, lock, Optional.of(current));
  }

  /** The key at both ends. */
  public String key() {
    return source.key();
  }
}
