package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The result files of one status: JSON arrays, of which one is open at a time. Not thread-safe. */
final class ResultFileSeries implements Closeable {

  private final ObjectAccess objects;
  private final ObjectTemplate.Place folder;
  private final ResultFiles.Status status;
  private final long maximumBytes;
  private final ArrayNode written = JsonNodeFactory.instance.arrayNode();
  private OutputStream open;
  private long openBytes;

  ResultFileSeries(
      ObjectAccess objects,
      ObjectTemplate.Place folder,
      ResultFiles.Status status,
      long maximumBytes) {
    this.objects = objects;
    this.folder = folder;
    this.status = status;
    this.maximumBytes = maximumBytes;
  }

  void write(ObjectNode entry) throws IOException {
    if (open == null) {
      open = objects.write(folder.bucket(), nextKey());
      openBytes = 0;
      append("[");
    } else {
      append(",");
    }
    append(entry.toString());
    if (openBytes >= maximumBytes) {
      close();
    }
  }

  private void append(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    open.write(bytes);
    openBytes += bytes.length;
  }

  private String nextKey() {
    return folder.key() + status + "_" + written.size() + ".json";
  }

  /** Ends the open file, if there is one; a later write begins the next. */
  @Override
  public void close() throws IOException {
    if (open == null) {
      return;
    }
    OutputStream ended = open;
    open = null;
    try (ended) {
      ended.write(']');
    }
    String key = nextKey();
    written.addObject().put("Key", key).put("Size", openBytes + 1);
  }

  /** The files that were ended, as a manifest lists them: {@code [{"Key", "Size" in bytes}]}. */
  ArrayNode toJson() {
    return written;
  }
}
