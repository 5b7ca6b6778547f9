package dev.vams.migration.local.engine;

import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import dev.vams.migration.local.asl.ObjectAccess;
import java.io.FilterOutputStream;
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
      return new ObjectStream(store.create(key));
    } catch (WorkStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Says with a checked exception that the object could not be completed. */
  private static final class ObjectStream extends FilterOutputStream {
    ObjectStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (WorkStoreException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
