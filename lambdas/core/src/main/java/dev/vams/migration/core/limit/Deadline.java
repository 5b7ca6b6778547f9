package dev.vams.migration.core.limit;

/** When a worker has to stop and hand its cursor to the next one. */
@FunctionalInterface
public interface Deadline {

  /** Whether there is no time left to begin another page. */
  boolean reached();
}
