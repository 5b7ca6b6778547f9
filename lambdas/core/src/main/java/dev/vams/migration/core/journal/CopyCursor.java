package dev.vams.migration.core.journal;

import dev.vams.migration.core.digest.DigestSum;

/**
 * How far a unit has been copied, and what was found on the way.
 *
 * @param position everything up to here is at the target, or in the failure log
 * @param tally what happened so far
 * @param digest the content of the source so far, as it goes to the target
 * @param failureParts how many parts the unit's failure log has so far
 * @param notCarriedParts how many parts the unit's log of what was not carried has so far
 * @param versionParts how many parts the unit's version map has so far
 * @param deletionParts how many parts the unit's log of what was deleted has so far
 * @param archivedParts how many parts the unit's log of archived objects has so far
 */
public record CopyCursor(
    Position position,
    Tally tally,
    DigestSum digest,
    int failureParts,
    int notCarriedParts,
    int versionParts,
    int deletionParts,
    int archivedParts) {

  /** A cursor of a unit that failed and lacked at most, and has no other logs. */
  public CopyCursor(
      Position position, Tally tally, DigestSum digest, int failureParts, int notCarriedParts) {
    this(position, tally, digest, failureParts, notCarriedParts, 0, 0, 0);
  }

  /** The same with what was found in a share of the unit. */
  public CopyCursor plus(DoneMarker share) {
    return new CopyCursor(
        position,
        tally.plus(share.tally()),
        digest.plus(share.digest()),
        failureParts,
        notCarriedParts,
        versionParts,
        deletionParts,
        archivedParts);
  }
}
