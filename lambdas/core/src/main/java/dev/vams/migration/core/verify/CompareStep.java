package dev.vams.migration.core.verify;

import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Comparison;

/** How far one worker came with comparing a unit. */
public sealed interface CompareStep {

  /** The unit is compared, and its marker written. */
  record Done(Comparison comparison) implements CompareStep {}

  /** The worker's time is up; the next one goes on here. */
  record Paused(CompareCursor cursor) implements CompareStep {}
}
