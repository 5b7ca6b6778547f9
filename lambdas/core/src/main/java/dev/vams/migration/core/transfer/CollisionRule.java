package dev.vams.migration.core.transfer;

import dev.vams.migration.core.listing.SameContent;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.store.ObjectSummary;

/**
 * What happens to an object whose key the target has already.
 *
 * <pre>
 * content  | target written    | MERGE | FAIL, OVERWRITE
 * ---------|-------------------|-------|----------------
 * same     | after the source  | SKIP  | SKIP
 * same     | before the source | SKIP  | COPY: metadata may have changed since
 * other    | any               | KEEP  | COPY
 * unknown  | after the source  | KEEP  | COPY
 * unknown  | before the source | KEEP  | COPY
 * </pre>
 *
 * <p>Under FAIL the target was empty when the first run was planned, so what is there comes from a
 * worker that was stopped, and is treated as under OVERWRITE.
 */
enum CollisionRule {
  /** The source's object replaces the target's. */
  COPY,
  /** The target has it already. */
  SKIP,
  /** The target's object stays, although it differs. */
  KEEP;

  static CollisionRule decide(
      SameContent same, ObjectSummary source, ObjectSummary target, IfTargetNotEmpty policy) {
    if (policy == IfTargetNotEmpty.MERGE) {
      return same == SameContent.YES ? SKIP : KEEP;
    }
    boolean targetIsNewer = !target.lastModified().isBefore(source.lastModified());
    return same == SameContent.YES && targetIsNewer ? SKIP : COPY;
  }
}
