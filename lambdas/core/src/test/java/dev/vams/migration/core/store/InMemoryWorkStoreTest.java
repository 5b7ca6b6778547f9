package dev.vams.migration.core.store;

class InMemoryWorkStoreTest implements WorkStoreContract {
  private final InMemoryWorkStore store = new InMemoryWorkStore();

  @Override
  public WorkStore store() {
    return store;
  }
}
