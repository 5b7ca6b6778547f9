package dev.vams.migration.core.journal;

/**
 * One archived object that was not copied, as the schema wants it.
 *
 * @param unit the unit it belongs to
 * @param entry the object's key
 * @param storageClass where it is archived
 */
public record LeftArchived(String unit, String entry, String storageClass) {}
