package dev.vams.migration.core.store;

import java.time.Instant;

/**
 * What a listing says of one object.
 *
 * @param key the key, exactly as stored: never normalised
 * @param size bytes
 * @param etag the ETag without its quotes
 * @param lastModified when the object was written, in whole seconds
 * @param storageClass the storage class, such as {@code STANDARD}
 */
public record ObjectSummary(
    String key, long size, String etag, Instant lastModified, String storageClass) {}
