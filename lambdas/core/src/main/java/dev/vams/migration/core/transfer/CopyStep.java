package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit.KeyRange;
import java.time.Duration;
import java.util.List;

/** How far one worker came with a unit. */
public sealed interface CopyStep {

  /** The unit is done, and its done marker written. */
  record Done(Tally tally) implements CopyStep {}

  /**
   * The next worker goes on here, because this one's time is up or there is something to wait for.
   *
   * @param delay how long the next one has to wait; zero when it can begin at once
   */
  record Paused(CopyCursor cursor, Duration delay) implements CopyStep {

    /** The worker's time is up. */
    public Paused(CopyCursor cursor) {
      this(cursor, Duration.ZERO);
    }
  }

  /**
   * What is left is far larger than planned. The next worker goes on at the cursor when the shares
   * are copied, and closes the unit's books.
   *
   * @param shares those that are not done yet, at least one
   */
  record Split(CopyCursor cursor, List<KeyRange> shares) implements CopyStep {}
}
