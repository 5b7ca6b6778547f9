package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit;
import java.util.Optional;

/**
 * Copies one kind of unit. Safe for use by many threads, and safe to repeat from any cursor.
 *
 * @param <U> the kind of unit
 */
@FunctionalInterface
public interface UnitCopier<U extends Unit> {

  /**
   * Copies until the unit is done or the deadline is reached, or says that it has to be split.
   *
   * @param cursor where the worker before stopped; empty for the first one
   * @throws dev.vams.migration.core.store.StoreException when a bucket or table cannot be used at
   *     all
   * @throws IllegalArgumentException when the cursor belongs to another unit
   */
  CopyStep copy(
      Journal journal, MigrationPlan plan, U unit, Optional<CopyCursor> cursor, Deadline deadline);
}
