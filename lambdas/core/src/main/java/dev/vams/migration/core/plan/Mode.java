package dev.vams.migration.core.plan;

/** How far a run goes. */
public enum Mode {
  /** Copies every pair, then verifies it. */
  MIGRATE,
  /** Copies nothing, only compares each source with its target. */
  VERIFY,
  /** Checks the schema and both stacks, and plans; copies and compares nothing. */
  DRY_RUN
}
