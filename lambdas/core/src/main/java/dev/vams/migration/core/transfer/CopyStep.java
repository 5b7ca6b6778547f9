package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Tally;

/** How far one worker came with a unit. */
public sealed interface CopyStep {

  /** The unit is done, and its done marker written. */
  record Done(Tally tally) implements CopyStep {}

  /** The worker's time is up; the next one goes on here. */
  record Paused(CopyCursor cursor) implements CopyStep {}
}
