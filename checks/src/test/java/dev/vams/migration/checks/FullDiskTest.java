package dev.vams.migration.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import dev.vams.migration.local.engine.DirectoryWorkStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A work directory on a file system, in memory, that has no space left. */
class FullDiskTest {
  private static final int BLOCK = 8192;
  private static final int DISK = 16 * BLOCK;

  private final FileSystem disk =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setBlockSize(BLOCK).setMaxSize(DISK).build());
  private final Path directory = disk.getPath("/store");
  private final WorkStore store = new DirectoryWorkStore(directory);

  @AfterEach
  void unmount() throws IOException {
    disk.close();
  }

  @Test
  void aFileThatDoesNotFitIsNotThereAndTheOneBeforeItStays() {
    store.put("plan.json", "old".getBytes(UTF_8));

    assertThatExceptionOfType(WorkStoreException.class)
        .isThrownBy(() -> store.put("plan.json", new byte[2 * DISK]))
        .withMessageContaining("Cannot write /store/plan.json")
        .withMessageContaining("Check the space");
    assertThat(store.get("plan.json")).hasValue("old".getBytes(UTF_8));
  }

  @Test
  void aSmallFileThatDoesNotFitLeavesNothingBehind() throws IOException {
    store.put("first", new byte[1]);
    Files.write(directory.resolve("other"), new byte[DISK - BLOCK]);

    assertThatExceptionOfType(WorkStoreException.class)
        .isThrownBy(() -> store.put("second", new byte[1]))
        .withMessageStartingWith("Cannot write /store/second (")
        .withMessageContaining("Check the space");
    assertThat(store.list("")).containsExactly("first", "other");
    assertHasFiles(2);
  }

  @Test
  void aStreamedFileThatDoesNotFitIsNotThere() {
    assertThatExceptionOfType(IOException.class).isThrownBy(this::streamTooMuch);

    assertThat(store.get("results/SUCCEEDED_0.json")).isEmpty();
    assertThat(store.list("")).isEmpty();
  }

  private void streamTooMuch() throws IOException {
    try (OutputStream out = store.create("results/SUCCEEDED_0.json")) {
      for (int written = 0; written <= DISK; written += BLOCK) {
        out.write(new byte[BLOCK]);
      }
    }
  }

  @Test
  void whatDidNotFitLeavesItsSpaceToOthers() throws IOException {
    assertThatExceptionOfType(WorkStoreException.class)
        .isThrownBy(() -> store.put("large", new byte[2 * DISK]));

    store.put("small", new byte[DISK / 2]);

    assertThat(store.list("")).containsExactly("small");
    assertHasFiles(1);
  }

  /** Counts the unfinished ones too, which no listing shows. */
  private void assertHasFiles(int count) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(count);
    }
  }
}
