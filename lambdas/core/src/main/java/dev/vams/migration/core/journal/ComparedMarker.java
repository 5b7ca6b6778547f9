package dev.vams.migration.core.journal;

/**
 * Says that a unit was compared to its end.
 *
 * @param unit the unit's id
 * @param descriptor the pair that the unit is a slice of
 * @param comparison what was found
 */
public record ComparedMarker(String unit, String descriptor, Comparison comparison) {}
