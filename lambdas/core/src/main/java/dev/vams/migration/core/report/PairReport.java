package dev.vams.migration.core.report;

import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Estimate;

/**
 * What became of one pair.
 *
 * @param kind whether it is a pair of buckets or of tables
 * @param estimate about how much the source held when it was planned
 * @param units in how many units it was cut
 * @param unitsCopied how many of them were copied to their end
 * @param unitsCompared how many of them were compared to their end
 * @param tally what happened to its objects or items
 * @param comparison what the comparison of both sides found
 * @param sourceChanged whether the source was read differently by the copy and by the comparison
 */
public record PairReport(
    Kind kind,
    String descriptor,
    String from,
    String to,
    Estimate estimate,
    int units,
    int unitsCopied,
    int unitsCompared,
    Tally tally,
    Comparison comparison,
    boolean sourceChanged) {

  /** The two kinds of pairs. */
  public enum Kind {
    /** Two buckets. */
    BUCKET,
    /** Two tables. */
    TABLE
  }
}
