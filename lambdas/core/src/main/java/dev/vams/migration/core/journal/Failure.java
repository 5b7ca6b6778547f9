package dev.vams.migration.core.journal;

/**
 * One object or item that could not be copied.
 *
 * @param unit the unit it belongs to
 * @param entry the object's key, or the item's key attributes
 * @param error what went wrong
 * @param advice what to do about it
 */
public record Failure(String unit, String entry, String error, String advice) {}
