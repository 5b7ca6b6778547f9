package dev.vams.migration.core.store;

import java.util.Map;

/**
 * What a service can say of an object's content without sending it.
 *
 * @param size bytes
 * @param etag the ETag without its quotes
 * @param etagIsMd5 whether the ETag is the MD5 of the content: a single-part object, neither
 *     SSE-KMS nor SSE-C (<a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html">Object, ETag</a>)
 * @param checksums checksums over the whole content by algorithm name, such as {@code CRC64NVME};
 *     composite checksums of multipart objects are left out, because they depend on the parts
 */
public record ObjectFingerprint(
    long size, String etag, boolean etagIsMd5, Map<String, String> checksums) {

  /** Takes a copy of the map. */
  public ObjectFingerprint {
    checksums = Map.copyOf(checksums);
  }
}
