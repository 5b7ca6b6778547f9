package dev.vams.migration.core.verify;

import dev.vams.migration.core.plan.Unit;

/**
 * Hears of what was compared as soon as it is. Called by many threads, often, and while comparing
 * waits for it: it must return at once and not throw.
 */
@FunctionalInterface
public interface CompareListener {

  /**
   * Entries were compared.
   *
   * @param entries keys of a bucket, whichever side has them; or items that were read, on either
   *     side. What is new since the last call, not a total
   * @param bytes the size of the objects at the source; 0 for items
   */
  void compared(Unit unit, long entries, long bytes);

  /** An entry was found missing at the target, or different there. */
  default void mismatched(Unit unit) {}
}
