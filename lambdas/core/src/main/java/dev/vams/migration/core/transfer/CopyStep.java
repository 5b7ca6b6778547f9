package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit.KeyRange;
import java.util.List;

/** How far one worker came with a unit. */
public sealed interface CopyStep {

  /** The unit is done, and its done marker written. */
  record Done(Tally tally) implements CopyStep {}

  /** The worker's time is up; the next one goes on here. */
  record Paused(CopyCursor cursor) implements CopyStep {}

  /**
   * What is left is far larger than planned. The next worker goes on at the cursor when the shares
   * are copied, and closes the unit's books.
   *
   * @param shares those that are not done yet, at least one
   */
  record Split(CopyCursor cursor, List<KeyRange> shares) implements CopyStep {}
}
