package dev.vams.migration.core.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a listing says of one object.
 *
 * @param key the key, exactly as stored: never normalised
 * @param size bytes
 * @param etag the ETag without its quotes
 * @param lastModified when the object was written, in whole seconds
 * @param storageClass the storage class, such as {@code STANDARD}
 * @param versionId which version of the key it is; empty for the current one, whichever that is
 * @param restored how far the restore of an archived object has come
 */
public record ObjectSummary(
    String key,
    long size,
    String etag,
    Instant lastModified,
    String storageClass,
    Optional<String> versionId,
    Restored restored) {

  /** GLACIER_IR, for all its name, can be read at once. */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private static final String INTELLIGENT_TIERING = "INTELLIGENT_TIERING";

  /** How far a restore has come. */
  public enum Restored {
    /** Nobody has asked for it, or its copy has expired. */
    NO,
    /** It has been asked for. */
    SOON,
    /** The object can be read, for as long as its copy stays. */
    YES
  }

  /** The current version of a key; nobody has asked that it be restored. */
  public ObjectSummary(
      String key, long size, String etag, Instant lastModified, String storageClass) {
    this(key, size, etag, lastModified, storageClass, Optional.empty(), Restored.NO);
  }

  /** Whether it is in a storage class that cannot be read without a restore. */
  public boolean isInArchive() {
    return ARCHIVES.contains(storageClass);
  }

  /**
   * Whether it may have been moved to an archive tier, which no listing tells (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html">Archived
   * objects</a>).
   */
  public boolean isTiered() {
    return storageClass.equals(INTELLIGENT_TIERING);
  }

  /** Whether it is known that it cannot be read now. */
  public boolean isUnreadable() {
    return isInArchive() && restored != Restored.YES;
  }
}
