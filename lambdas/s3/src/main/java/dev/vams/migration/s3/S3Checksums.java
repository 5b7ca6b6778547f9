package dev.vams.migration.s3;

import dev.vams.migration.core.store.ObjectProperties.Checksum;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Part;

/** Checksums by the names of their algorithms, where the SDK has a field for each. */
final class S3Checksums {
  private static final String CRC32 = "CRC32";
  private static final String CRC32C = "CRC32C";
  private static final String CRC64NVME = "CRC64NVME";
  private static final String SHA1 = "SHA1";
  private static final String SHA256 = "SHA256";

  /** These cannot be put together from those of the parts. */
  private static final Set<String> ONLY_OVER_PARTS = Set.of(SHA1, SHA256);

  /** A checksum of checksums ends in the number of parts and depends on them. */
  private static final Pattern COMPOSITE = Pattern.compile(".*-\\d+");

  private S3Checksums() {}

  /** Those over the whole content. */
  static Map<String, String> ofWhole(HeadObjectResponse head) {
    Map<String, String> checksums = of(head);
    checksums.values().removeIf(value -> !isOfWhole(head, value));
    return checksums;
  }

  /** Which kind is stored; an object has one at most. */
  static Optional<Checksum> kind(HeadObjectResponse head) {
    return of(head).entrySet().stream()
        .findFirst()
        .map(checksum -> new Checksum(checksum.getKey(), isOfWhole(head, checksum.getValue())));
  }

  /** Which type of checksum an upload in parts can have that is to be like this one. */
  static ChecksumType type(Checksum checksum) {
    return checksum.ofWholeObject() && !ONLY_OVER_PARTS.contains(checksum.algorithm())
        ? ChecksumType.FULL_OBJECT
        : ChecksumType.COMPOSITE;
  }

  private static boolean isOfWhole(HeadObjectResponse head, String value) {
    return head.checksumType() != ChecksumType.COMPOSITE && !COMPOSITE.matcher(value).matches();
  }

  private static Map<String, String> of(HeadObjectResponse head) {
    Map<String, String> checksums = new HashMap<>();
    put(checksums, CRC32, head.checksumCRC32());
    put(checksums, CRC32C, head.checksumCRC32C());
    put(checksums, CRC64NVME, head.checksumCRC64NVME());
    put(checksums, SHA1, head.checksumSHA1());
    put(checksums, SHA256, head.checksumSHA256());
    return checksums;
  }

  static Map<String, String> of(CopyPartResult part) {
    Map<String, String> checksums = new HashMap<>();
    put(checksums, CRC32, part.checksumCRC32());
    put(checksums, CRC32C, part.checksumCRC32C());
    put(checksums, CRC64NVME, part.checksumCRC64NVME());
    put(checksums, SHA1, part.checksumSHA1());
    put(checksums, SHA256, part.checksumSHA256());
    return checksums;
  }

  static Map<String, String> of(Part part) {
    Map<String, String> checksums = new HashMap<>();
    put(checksums, CRC32, part.checksumCRC32());
    put(checksums, CRC32C, part.checksumCRC32C());
    put(checksums, CRC64NVME, part.checksumCRC64NVME());
    put(checksums, SHA1, part.checksumSHA1());
    put(checksums, SHA256, part.checksumSHA256());
    return checksums;
  }

  static void put(Map<String, String> checksums, CompletedPart.Builder part) {
    part.checksumCRC32(checksums.get(CRC32))
        .checksumCRC32C(checksums.get(CRC32C))
        .checksumCRC64NVME(checksums.get(CRC64NVME))
        .checksumSHA1(checksums.get(SHA1))
        .checksumSHA256(checksums.get(SHA256));
  }

  private static void put(Map<String, String> checksums, String algorithm, String value) {
    if (value != null) {
      checksums.put(algorithm, value);
    }
  }
}
