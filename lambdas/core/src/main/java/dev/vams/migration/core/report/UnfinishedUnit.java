package dev.vams.migration.core.report;

/**
 * A unit that was not copied or compared to its end.
 *
 * @param unit the unit's id
 * @param descriptor the pair that it is a slice of
 * @param cause why, as far as the workflow knows
 */
public record UnfinishedUnit(String unit, String descriptor, String cause) {}
