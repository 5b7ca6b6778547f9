package dev.vams.migration.core.store;

import java.io.InputStream;
import java.util.List;

/**
 * Turns records into the bytes of the work bucket's files and back. Safe for use by many threads.
 */
public interface Codec {

  /** A record as one line of UTF-8 text without a line break. */
  byte[] encode(Object value);

  /**
   * The record in such a text.
   *
   * @throws IllegalArgumentException when the text is not such a record; the message says where
   */
  <T> T decode(byte[] text, Class<T> type);

  /**
   * Reads the first records of a JSON array of any length.
   *
   * @param limit at most so many
   * @throws IllegalArgumentException when the text is not such an array; the message says where
   */
  <T> List<T> decodeFirst(InputStream array, Class<T> type, int limit);
}
