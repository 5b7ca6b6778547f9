package dev.vams.migration.core.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The work bucket in memory. Thread-safe. */
public final class InMemoryWorkStore implements WorkStore {
  private final ConcurrentSkipListMap<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final List<String> written = new ArrayList<>();
  private final Set<Thread> writers = new HashSet<>();
  private volatile String refused = "";

  /** From now on, writing a file whose key holds this text fails. */
  public void refuseWriting(String partOfKey) {
    refused = partOfKey;
  }

  /** The keys that were written, in the order of writing; a key may be there often. */
  public synchronized List<String> written() {
    return List.copyOf(written);
  }

  /** The threads that wrote. */
  public synchronized Set<Thread> writers() {
    return Set.copyOf(writers);
  }

  /** A file as text. */
  public String text(String key) {
    return new String(existing(key), StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void put(String key, byte[] content) {
    if (!refused.isEmpty() && key.contains(refused)) {
      throw new WorkStoreException("cannot write " + key, new IOException("no space left"));
    }
    files.put(key, content.clone());
    written.add(key);
    writers.add(Thread.currentThread());
  }

  @Override
  public Optional<byte[]> get(String key) {
    return Optional.ofNullable(files.get(key)).map(byte[]::clone);
  }

  @Override
  public InputStream open(String key) {
    return new ByteArrayInputStream(existing(key));
  }

  @Override
  public OutputStream create(String key) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        put(key, toByteArray());
      }
    };
  }

  @Override
  public List<String> list(String prefix) {
    return files.tailMap(prefix, true).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .toList();
  }

  @Override
  public String location(String key) {
    return "memory:" + key;
  }

  private byte[] existing(String key) {
    byte[] content = files.get(key);
    if (content == null) {
      throw new WorkStoreException("cannot read " + key, new IOException("no such file"));
    }
    return content;
  }
}
