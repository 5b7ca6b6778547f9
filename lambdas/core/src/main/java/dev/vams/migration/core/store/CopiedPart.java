package dev.vams.migration.core.store;

import java.util.Map;

/**
 * A part that an upload has.
 *
 * @param number from 1
 * @param size bytes
 * @param etag what the service calls it, without quotes
 * @param checksums by algorithm; empty if the upload has none
 */
public record CopiedPart(int number, long size, String etag, Map<String, String> checksums) {

  /** Takes a copy of the map. */
  public CopiedPart {
    checksums = Map.copyOf(checksums);
  }
}
