package dev.vams.migration.local.engine;

import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The work bucket as a directory. A file is written beside its place and moved there whole. */
public final class DirectoryWorkStore implements WorkStore {
  private static final String UNFINISHED = ".unfinished";

  private final Path directory;

  /**
   * @param directory is created when something is first written
   */
  public DirectoryWorkStore(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  @Override
  public void put(String key, byte[] content) {
    try (OutputStream out = create(key)) {
      out.write(content);
    } catch (IOException e) {
      throw new WorkStoreException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    try {
      return Optional.of(Files.readAllBytes(path(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("read", key, e);
    }
  }

  @Override
  public InputStream open(String key) {
    try {
      return Files.newInputStream(path(key));
    } catch (IOException e) {
      throw failure("read", key, e);
    }
  }

  @Override
  public OutputStream create(String key) {
    Path path = path(key);
    try {
      Files.createDirectories(path.getParent());
      Path unfinished = Files.createTempFile(path.getParent(), "", UNFINISHED);
      return new MovingStream(unfinished, path, key);
    } catch (IOException e) {
      throw failure("write", key, e);
    }
  }

  @Override
  public List<String> list(String prefix) {
    Path folder = path(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString().replace('\\', '/'))
          .filter(key -> key.startsWith(prefix) && !key.endsWith(UNFINISHED))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failure("list", prefix, e);
    }
  }

  @Override
  public String location(String key) {
    return path(key).toString();
  }

  private Path path(String key) {
    return directory.resolve(key);
  }

  private WorkStoreException failure(String what, String key, IOException cause) {
    return new WorkStoreException(
        "Cannot %s %s (%s). Check the space and the permissions there, or name another work directory."
            .formatted(what, path(key), reason(cause)),
        cause);
  }

  /** An exception of the file system has the path in its message, and its kind in its class. */
  private static String reason(IOException cause) {
    String reason =
        cause instanceof FileSystemException inFileSystem
            ? inFileSystem.getReason()
            : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }

  /** Moves the file to its place when it is closed, unless a part of it could not be written. */
  private final class MovingStream extends FilterOutputStream {
    private final Path unfinished;
    private final Path path;
    private final String key;
    private boolean closed;
    private boolean broken;

    MovingStream(Path unfinished, Path path, String key) throws IOException {
      super(new BufferedOutputStream(Files.newOutputStream(unfinished)));
      this.unfinished = unfinished;
      this.path = path;
      this.key = key;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        broken = true;
        throw new IOException(failure("write", key, e).getMessage(), e);
      }
    }

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        out.close();
        if (!broken) {
          Files.move(
              unfinished,
              path,
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (IOException e) {
        throw failure("write", key, e);
      } finally {
        discard();
      }
    }

    /** Gives the space back of what was not finished. After the move, nothing is left to delete. */
    private void discard() {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        // Its name keeps it out of all listings; the error to be told is another one.
      }
    }
  }
}
