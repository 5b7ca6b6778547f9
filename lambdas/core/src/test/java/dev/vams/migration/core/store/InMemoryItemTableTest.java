package dev.vams.migration.core.store;

import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.List;

class InMemoryItemTableTest implements ItemTableContract {

  @Override
  public ItemTable newTable(KeyAttribute... keys) {
    return new InMemoryItemTable(List.of(keys), 3, Runnable::run);
  }

  @Override
  public ItemTable missingTable() {
    return InMemoryItemTable.missing();
  }
}
