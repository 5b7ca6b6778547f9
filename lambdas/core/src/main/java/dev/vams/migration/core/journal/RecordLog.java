package dev.vams.migration.core.journal;

import dev.vams.migration.core.store.Codec;
import dev.vams.migration.core.store.WorkStore;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A log of records in numbered parts, one record a line. As objects cannot be appended to, records
 * are kept until there are enough for a part.
 *
 * <p>A worker that repeats what a stopped one began writes its parts again, and empties those that
 * it does not reach: no worker may delete. {@link #add} may be called by any thread and never
 * waits. The rest belongs to the worker's own thread: a client's thread that waited for the work
 * store could be the very one that its answer needs.
 */
public final class RecordLog {

  /** Bytes that are enough for a part. */
  private static final int PART_SIZE = 256 * 1024;

  private final WorkStore store;
  private final Codec codec;
  private final String folder;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private int parts;

  /**
   * @param folder where the parts are, ending in a slash
   * @param parts how many parts are already valid; later ones are left over from a stopped worker
   *     and are emptied
   */
  public RecordLog(WorkStore store, Codec codec, String folder, int parts) {
    this.store = store;
    this.codec = codec;
    this.folder = folder;
    this.parts = parts;
    List<String> present = store.list(folder);
    present.stream()
        .filter(key -> key.compareTo(name(parts)) >= 0)
        .forEach(key -> store.put(key, new byte[0]));
  }

  /** Adds a record, to be written with the next part. */
  public void add(Object record) {
    byte[] line = codec.encode(record);
    synchronized (pending) {
      pending.writeBytes(line);
      pending.write('\n');
    }
  }

  /** Writes a part if there is enough for one, so that memory stays bounded. */
  public void writeFullPart() {
    take(PART_SIZE).ifPresent(this::write);
  }

  /** Writes what was added and gives the number of parts. */
  public int flush() {
    take(1).ifPresent(this::write);
    return parts;
  }

  private Optional<byte[]> take(int atLeast) {
    synchronized (pending) {
      if (pending.size() < atLeast) {
        return Optional.empty();
      }
      byte[] taken = pending.toByteArray();
      pending.reset();
      return Optional.of(taken);
    }
  }

  private void write(byte[] part) {
    store.put(name(parts), part);
    parts++;
  }

  private String name(int number) {
    return String.format(Locale.ROOT, "%s%06d.jsonl", folder, number);
  }
}
