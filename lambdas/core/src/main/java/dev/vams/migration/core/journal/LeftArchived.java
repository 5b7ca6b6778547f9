package dev.vams.migration.core.journal;

/**
 * What was not copied because it is archived, as the schema wants it.
 *
 * @param unit the unit it belongs to
 * @param entry the object's key, and which version of it where all are copied
 * @param reason the storage class where it is archived; or that it waits for what is
 */
public record LeftArchived(String unit, String entry, String reason) {}
