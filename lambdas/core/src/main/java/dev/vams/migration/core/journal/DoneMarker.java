package dev.vams.migration.core.journal;

import dev.vams.migration.core.digest.DigestSum;

/**
 * Says that a unit was copied to its end.
 *
 * @param unit the unit's id
 * @param run the run that did it; an earlier one when this run is a retry
 * @param tally what happened to its entries
 * @param digest the content of the source when it was copied, as it goes to the target
 */
public record DoneMarker(String unit, String run, Tally tally, DigestSum digest) {}
