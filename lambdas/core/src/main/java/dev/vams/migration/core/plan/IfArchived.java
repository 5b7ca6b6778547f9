package dev.vams.migration.core.plan;

/** What to do with objects that are archived, so that nobody can read them at once. */
public enum IfArchived {
  /** Refuses to start when Plan sees one; those that a worker meets fail. */
  FAIL,
  /** Leaves them, counts them, and lists them as not copied. */
  SKIP_AND_REPORT,
  /** Has them restored, waits, and copies them. */
  RESTORE
}
