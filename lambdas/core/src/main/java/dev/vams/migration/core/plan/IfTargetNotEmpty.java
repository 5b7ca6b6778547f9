package dev.vams.migration.core.plan;

/**
 * What to do with objects and items that a target already holds. None of the policies deletes what
 * only the target has; {@link Options#deleteExtraneous} does, of objects, and under {@link #SYNC}
 * of items.
 */
public enum IfTargetNotEmpty {
  /** Refuses to start when a target bucket holds an object or a target table an item. */
  FAIL,
  /** Keeps what exists at the target: an existing object or item is never overwritten. */
  MERGE,
  /** Puts the source's objects and items over the target's; identical objects are skipped. */
  OVERWRITE,
  /**
   * Reads the target's items first and writes only what differs. Of buckets the same as {@link
   * #OVERWRITE}.
   */
  SYNC;

  /** Whether what a target holds gives way to what the source has under the same key. */
  public boolean replaces() {
    return this == OVERWRITE || this == SYNC;
  }
}
