package dev.vams.migration.local.asl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The objects that item readers read and result writers write. Called from several threads at once.
 */
public interface ObjectAccess {

  /**
   * Opens an object for reading. The caller closes the stream.
   *
   * @throws IOException if the object does not exist or cannot be read; the message names it
   */
  InputStream read(String bucket, String key) throws IOException;

  /**
   * Opens an object for writing, replacing one of the same key. The object is complete once the
   * stream is closed. The caller closes the stream.
   *
   * @throws IOException if the object cannot be written; the message names it
   */
  OutputStream write(String bucket, String key) throws IOException;
}
