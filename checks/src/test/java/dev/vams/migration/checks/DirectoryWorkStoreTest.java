package dev.vams.migration.checks;

import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreContract;
import dev.vams.migration.local.engine.DirectoryWorkStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWorkStoreTest implements WorkStoreContract {
  private final WorkStore store;

  DirectoryWorkStoreTest(@TempDir Path directory) {
    store = new DirectoryWorkStore(directory);
  }

  @Override
  public WorkStore store() {
    return store;
  }
}
