package dev.vams.migration.local.engine;

import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import dev.vams.migration.local.asl.ObjectAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lets item readers and result writers reach the work store, whatever the bucket's name. */
record WorkStoreObjects(WorkStore store) implements ObjectAccess {

  @Override
  public InputStream read(String bucket, String key) throws IOException {
    try {
      return store.open(key);
    } catch (WorkStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public OutputStream write(String bucket, String key) throws IOException {
    try {
      return store.create(key);
    } catch (WorkStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
