package dev.vams.migration.infra.settings;

import java.util.Objects;

/**
 * The names of a bucket or table in the source stack and of its counterpart in the target stack.
 *
 * @param from the name in the source stack
 * @param to the name in the target stack
 * @param mayCopyVersions whether all versions of objects are copied if the bucket keeps any; means
 *     nothing of a table
 * @param isSynced whether the target's items are read to write only what differs; means nothing of
 *     a bucket
 */
public record Pair(String from, String to, boolean mayCopyVersions, boolean isSynced) {

  /** A pair whose schema says nothing of versions, and that is not synced. */
  public Pair(String from, String to) {
    this(from, to, true, false);
  }

  public Pair {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }
}
