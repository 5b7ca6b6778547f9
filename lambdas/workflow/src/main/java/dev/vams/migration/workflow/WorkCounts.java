package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.Tally;

/**
 * What a worker did.
 *
 * @param tally what it copied
 * @param parts how many parts of large objects it copied
 * @param compared how many entries it compared
 * @param mismatches how many of them it found missing or different
 * @param throttles how often a service asked it for less
 */
record WorkCounts(Tally tally, long parts, long compared, long mismatches, long throttles) {
  static final WorkCounts ZERO = new WorkCounts(Tally.ZERO, 0, 0, 0, 0);
  static final WorkCounts ONE_MISMATCH = new WorkCounts(Tally.ZERO, 0, 0, 1, 0);
  static final WorkCounts ONE_THROTTLE = new WorkCounts(Tally.ZERO, 0, 0, 0, 1);

  static WorkCounts ofCopied(Tally tally) {
    return new WorkCounts(tally, 0, 0, 0, 0);
  }

  static WorkCounts ofPart(long bytes) {
    return new WorkCounts(Tally.ofBytes(bytes), 1, 0, 0, 0);
  }

  static WorkCounts ofCompared(long entries) {
    return new WorkCounts(Tally.ZERO, 0, entries, 0, 0);
  }

  WorkCounts plus(WorkCounts other) {
    return new WorkCounts(
        tally.plus(other.tally),
        parts + other.parts,
        compared + other.compared,
        mismatches + other.mismatches,
        throttles + other.throttles);
  }

  /** How many entries were settled or compared, and how many parts copied. */
  long progress() {
    return tally.entries() + parts + compared;
  }
}
