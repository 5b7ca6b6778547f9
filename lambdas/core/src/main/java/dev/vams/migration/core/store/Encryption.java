package dev.vams.migration.core.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a target bucket's new objects are encrypted, where that is not the bucket's default.
 *
 * @param type how
 * @param keyArn the key; there for the two types that use one
 * @param bucketKey whether S3 makes a key of its own for the bucket, which saves calls to KMS; only
 *     with {@link Type#SSE_KMS} (<a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html">DSSE-KMS
 *     has no bucket keys</a>)
 */
public record Encryption(Type type, Optional<String> keyArn, boolean bucketKey) {

  /** With S3's keys. */
  public static final Encryption S3_MANAGED = new Encryption(Type.SSE_S3, Optional.empty(), false);

  /** What S3 offers. */
  public enum Type {
    /** With keys of S3. */
    SSE_S3,
    /** With a key of KMS. */
    SSE_KMS,
    /** With a key of KMS, in two layers. */
    DSSE_KMS
  }

  /**
   * Checks that there is a key where one is used.
   *
   * @throws IllegalArgumentException when there is none, or one that is not used
   */
  public Encryption {
    requireNonNull(type, "type");
    if (keyArn.isPresent() == (type == Type.SSE_S3)) {
      throw new IllegalArgumentException(
          type == Type.SSE_S3 ? "SSE_S3 uses no key" : type + " needs a key");
    }
    if (bucketKey && type != Type.SSE_KMS) {
      throw new IllegalArgumentException(type + " has no bucket keys");
    }
  }
}
