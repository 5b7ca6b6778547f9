package dev.vams.migration.core.journal;

/**
 * One object that was copied without something that its source has.
 *
 * @param unit the unit it belongs to
 * @param entry the object's key
 * @param what what the copy does not have, in words
 */
public record NotCarried(String unit, String entry, String what) {}
