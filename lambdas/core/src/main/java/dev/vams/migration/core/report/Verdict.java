package dev.vams.migration.core.report;

/** What a run comes to. */
public enum Verdict {
  /** Every object and item of the source is at the target with the same content. */
  VERIFIED,
  /** Everything was compared, and something is missing at the target or differs. */
  MISMATCH,
  /** Something could not be copied or compared. */
  FAILED,
  /** A dry run: all checks passed, nothing was copied. */
  PLANNED,
  /** The checks before the copy found problems; nothing was copied. */
  REFUSED
}
