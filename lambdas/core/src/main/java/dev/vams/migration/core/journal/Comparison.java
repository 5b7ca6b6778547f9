package dev.vams.migration.core.journal;

import dev.vams.migration.core.digest.DigestSum;

/**
 * What the comparison of a unit, a pair or a run found. The counts are of objects, of versions, or
 * of items.
 *
 * @param source the content of the source, as it should be at the target
 * @param target the content of the target
 * @param missing in the source, not at the target
 * @param different on both sides, with different content; or a version that only the target has,
 *     within or behind the source's history (SURPLUS)
 * @param extra at the target, not in the source; where all versions are compared, also what was
 *     before the source's history
 * @param sizeOnly on both sides with equal sizes, where neither ETags nor checksums can be compared
 * @param sourceDeleteMarkers how many of the source's versions are delete markers
 * @param targetDeleteMarkers how many of the target's versions are delete markers
 */
public record Comparison(
    DigestSum source,
    DigestSum target,
    long missing,
    long different,
    long extra,
    long sizeOnly,
    long sourceDeleteMarkers,
    long targetDeleteMarkers) {

  /** Nothing compared yet. */
  public static final Comparison ZERO = new Comparison(DigestSum.ZERO, DigestSum.ZERO, 0, 0, 0, 0);

  /** A comparison of entries that are no delete markers. */
  public Comparison(
      DigestSum source, DigestSum target, long missing, long different, long extra, long sizeOnly) {
    this(source, target, missing, different, extra, sizeOnly, 0, 0);
  }

  /** Both together. */
  public Comparison plus(Comparison other) {
    return new Comparison(
        source.plus(other.source),
        target.plus(other.target),
        missing + other.missing,
        different + other.different,
        extra + other.extra,
        sizeOnly + other.sizeOnly,
        sourceDeleteMarkers + other.sourceDeleteMarkers,
        targetDeleteMarkers + other.targetDeleteMarkers);
  }

  /** How many entries of the source are not at the target as they should be. */
  public long mismatches() {
    return missing + different;
  }
}
