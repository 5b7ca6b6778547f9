package dev.vams.migration.core.store;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The work bucket: plans, markers, failures and reports of every run.
 *
 * <p>Safe for use by many threads. Each file appears whole or not at all, and replaces the one
 * before. Every method throws {@link WorkStoreException} when the store cannot be read or written.
 */
public interface WorkStore {

  /** Writes a file. */
  void put(String key, byte[] content);

  /** Reads a small file; empty when there is none. */
  Optional<byte[]> get(String key);

  /** Opens a file of any size. The caller closes it. */
  InputStream open(String key);

  /** Starts a file, which appears when the stream is closed. */
  OutputStream create(String key);

  /** The keys that start with a prefix, in ascending order. */
  List<String> list(String prefix);

  /** Where a person finds the file: an address or a path. */
  String location(String key);
}
