package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;

/**
 * Hears of each object and batch of items as soon as it is settled. Called by many threads, often,
 * and while copies wait for it: it must return at once and not throw.
 */
@FunctionalInterface
public interface TransferListener {

  /**
   * Something was settled.
   *
   * @param change what is new since the last call, not a total
   */
  void advanced(Unit unit, Tally change);

  /**
   * A part of a large object was copied. The object itself is settled later, without these bytes.
   *
   * @param bytes the part's size
   */
  default void copiedPart(Unit unit, long bytes) {
    advanced(unit, Tally.ofBytes(bytes));
  }
}
