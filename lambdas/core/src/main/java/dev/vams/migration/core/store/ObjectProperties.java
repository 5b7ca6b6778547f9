package dev.vams.migration.core.store;

import java.util.Map;
import java.util.Optional;

/**
 * What an upload in parts has to be given so that the copy is like its source.
 *
 * @param headers by name: those of {@code Content-Type}, {@code Cache-Control}, {@code
 *     Content-Disposition}, {@code Content-Encoding}, {@code Content-Language} and {@code Expires}
 *     that the object has
 * @param userMetadata by name, without {@code x-amz-meta-}
 * @param tags by key
 * @param checksum which checksum is stored with the object, if one is
 */
public record ObjectProperties(
    Map<String, String> headers,
    Map<String, String> userMetadata,
    Map<String, String> tags,
    Optional<Checksum> checksum) {

  /** Takes copies of the maps. */
  public ObjectProperties {
    headers = Map.copyOf(headers);
    userMetadata = Map.copyOf(userMetadata);
    tags = Map.copyOf(tags);
  }

  /**
   * A kind of checksum.
   *
   * @param algorithm such as {@code CRC64NVME}
   * @param ofWholeObject whether it is over the content, or else over the checksums of the parts
   */
  public record Checksum(String algorithm, boolean ofWholeObject) {}
}
