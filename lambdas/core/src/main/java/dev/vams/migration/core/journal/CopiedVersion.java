package dev.vams.migration.core.journal;

/**
 * One entry of a version map: what a version of the source is called at the target. Within a map
 * they are in the order of their keys, and for each key the oldest version comes first.
 *
 * @param key the key at both ends
 * @param from the version id at the source; {@code null}, the text, where it was written while the
 *     bucket kept no versions
 * @param to the version id at the target
 */
public record CopiedVersion(String key, String from, String to) {}
