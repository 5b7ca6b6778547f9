package dev.vams.migration.core.journal;

/**
 * One object of the target that was deleted because the source has none of its key; in a dry run,
 * one that would be.
 *
 * @param unit the unit it belongs to
 * @param entry the object's key
 */
public record Deletion(String unit, String entry) {}
