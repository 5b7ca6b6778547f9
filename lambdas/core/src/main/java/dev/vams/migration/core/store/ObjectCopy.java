package dev.vams.migration.core.store;

/**
 * One object to be copied.
 *
 * @param sourceBucket where it is
 * @param source the object as listed; the copy is refused when its ETag has changed since
 * @param targetBucket where it goes, under the same key
 */
public record ObjectCopy(String sourceBucket, ObjectSummary source, String targetBucket) {}
