package dev.vams.migration.core.journal;

/**
 * How far a unit has been compared.
 *
 * @param position everything up to here was compared
 * @param comparison what was found so far
 * @param mismatchParts how many parts the unit's mismatch log has so far
 */
public record CompareCursor(Position position, Comparison comparison, int mismatchParts) {}
