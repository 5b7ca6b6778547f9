package dev.vams.migration.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An object as the fake keeps it. Of the content only what a service tells of it is kept, so that
 * an object may be as large as it likes.
 *
 * @param headers content headers by name, such as {@code Content-Type}
 */
public record StoredObject(
    long size,
    String etag,
    boolean etagIsMd5,
    Map<String, String> checksums,
    Instant lastModified,
    String storageClass,
    Map<String, String> headers,
    Map<String, String> userMetadata,
    Map<String, String> tags,
    ObjectFeatures features,
    Optional<Encryption> encryption) {

  /** Takes copies of the maps. */
  public StoredObject {
    checksums = Map.copyOf(checksums);
    headers = Map.copyOf(headers);
    userMetadata = Map.copyOf(userMetadata);
    tags = Map.copyOf(tags);
  }

  /** A plain object with this text in it. */
  public static StoredObject of(String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new StoredObject(
        bytes.length,
        md5(bytes),
        true,
        Map.of(),
        Instant.EPOCH,
        "STANDARD",
        Map.of(),
        Map.of(),
        Map.of(),
        ObjectFeatures.NONE,
        Optional.empty());
  }

  /** The same object with an ETag that is no checksum, as after an upload in parts. */
  public StoredObject uploadedInParts(String opaqueEtag) {
    return new StoredObject(
        size,
        opaqueEtag,
        false,
        checksums,
        lastModified,
        storageClass,
        headers,
        userMetadata,
        tags,
        features,
        encryption);
  }

  /** The same object with a checksum over its whole content. */
  public StoredObject withChecksum(String algorithm, String value) {
    return withChecksums(Map.of(algorithm, value));
  }

  /** The same object with these checksums over its whole content. */
  public StoredObject withChecksums(Map<String, String> otherChecksums) {
    return new StoredObject(
        size,
        etag,
        etagIsMd5,
        otherChecksums,
        lastModified,
        storageClass,
        headers,
        userMetadata,
        tags,
        features,
        encryption);
  }

  /** The same object, said to have another size. */
  public StoredObject ofSize(long otherSize) {
    return new StoredObject(
        otherSize,
        etag,
        etagIsMd5,
        checksums,
        lastModified,
        storageClass,
        headers,
        userMetadata,
        tags,
        features,
        encryption);
  }

  /** The same object, written at another time. */
  public StoredObject writtenAt(Instant time) {
    return new StoredObject(
        size,
        etag,
        etagIsMd5,
        checksums,
        time,
        storageClass,
        headers,
        userMetadata,
        tags,
        features,
        encryption);
  }

  /** The same object with everything that a copy has to carry. */
  public StoredObject with(
      String otherStorageClass,
      Map<String, String> otherHeaders,
      Map<String, String> otherMetadata,
      Map<String, String> otherTags) {
    return new StoredObject(
        size,
        etag,
        etagIsMd5,
        checksums,
        lastModified,
        otherStorageClass,
        otherHeaders,
        otherMetadata,
        otherTags,
        features,
        encryption);
  }

  /** The same object with what a copy does not carry by itself. */
  public StoredObject with(ObjectFeatures otherFeatures) {
    return new StoredObject(
        size,
        etag,
        etagIsMd5,
        checksums,
        lastModified,
        storageClass,
        headers,
        userMetadata,
        tags,
        otherFeatures,
        encryption);
  }

  /** The same object, encrypted so. */
  public StoredObject encrypted(Optional<Encryption> otherEncryption) {
    return new StoredObject(
        size,
        etag,
        etagIsMd5,
        checksums,
        lastModified,
        storageClass,
        headers,
        userMetadata,
        tags,
        features,
        otherEncryption);
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
