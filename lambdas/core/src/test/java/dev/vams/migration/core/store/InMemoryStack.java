package dev.vams.migration.core.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A stack in memory. A table that was not added is one that does not exist. */
public final class InMemoryStack implements Stack {
  private final InMemoryObjectStore objects;
  private final Map<String, InMemoryItemTable> tables = new ConcurrentHashMap<>();

  /**
   * @param objects the buckets, shared with the other stack: their names are global
   */
  public InMemoryStack(InMemoryObjectStore objects) {
    this.objects = objects;
  }

  /** Adds a table, or replaces one. */
  public InMemoryItemTable add(String name, InMemoryItemTable table) {
    tables.put(name, table);
    return table;
  }

  @Override
  public InMemoryObjectStore objects() {
    return objects;
  }

  @Override
  public ObjectUploads uploads() {
    return objects;
  }

  @Override
  public InMemoryItemTable table(String name) {
    return tables.getOrDefault(name, InMemoryItemTable.missing());
  }
}
