package dev.vams.migration.core.store;

/**
 * A part of an object that is copied in parts.
 *
 * @param number from 1
 * @param first its first byte in the object, from 0
 * @param size bytes, at least 1
 */
public record ObjectPart(int number, long first, long size) {

  /** Its last byte in the object. */
  public long last() {
    return first + size - 1;
  }
}
