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
 * @param predecessor what the copy is to be written behind, if a version is copied: it is refused
 *     with one of {@link StoreError#CONFLICTS} where the target's key has another newest entry;
 *     empty where it may replace anything
 */
public record ObjectCopy(
    String sourceBucket,
    ObjectSummary source,
    String targetBucket,
    Optional<Encryption> encryption,
    ObjectLock lock,
    Optional<Predecessor> predecessor) {

  /** A copy that may replace anything. */
  public ObjectCopy(
      String sourceBucket,
      ObjectSummary source,
      String targetBucket,
      Optional<Encryption> encryption,
      ObjectLock lock) {
    this(sourceBucket, source, targetBucket, encryption, lock, Optional.empty());
  }

  /** A copy that is encrypted as the target bucket wants it, and not locked. */
  public ObjectCopy(String sourceBucket, ObjectSummary source, String targetBucket) {
    this(sourceBucket, source, targetBucket, Optional.empty(), ObjectLock.NONE);
  }

  /** The same, to be written behind this entry. */
  public ObjectCopy behind(Predecessor newest) {
    return new ObjectCopy(
        sourceBucket, source, targetBucket, encryption, lock, Optional.of(newest));
  }

  /** The key at both ends. */
  public String key() {
    return source.key();
  }
}
