package dev.vams.migration.core.journal;

import dev.vams.migration.core.store.Codec;
import dev.vams.migration.core.store.WorkStore;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A log of records in numbered parts, one record a line. As objects cannot be appended to, a part
 * is written when it is full and on {@link #flush}; so memory holds one part at most, whatever the
 * number of records.
 *
 * <p>A worker that repeats what a stopped one began writes the same parts again, and removes those
 * that it does not reach. Safe for use by many threads.
 */
public final class RecordLog {

  /** Bytes after which a part is written. */
  private static final int PART_SIZE = 256 * 1024;

  private final WorkStore store;
  private final Codec codec;
  private final String folder;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private int parts;

  /**
   * @param folder where the parts are, ending in a slash
   * @param parts how many parts are already valid; later ones are left over from a stopped worker
   *     and are removed
   */
  public RecordLog(WorkStore store, Codec codec, String folder, int parts) {
    this.store = store;
    this.codec = codec;
    this.folder = folder;
    this.parts = parts;
    List<String> present = store.list(folder);
    present.stream().filter(key -> key.compareTo(name(parts)) >= 0).forEach(store::delete);
  }

  /** Adds a record. */
  public synchronized void add(Object record) {
    part.writeBytes(codec.encode(record));
    part.write('\n');
    if (part.size() >= PART_SIZE) {
      flush();
    }
  }

  /** Writes what was added and gives the number of parts. */
  public synchronized int flush() {
    if (part.size() > 0) {
      store.put(name(parts), part.toByteArray());
      part.reset();
      parts++;
    }
    return parts;
  }

  private String name(int number) {
    return "%s%06d.jsonl".formatted(folder, number);
  }
}
