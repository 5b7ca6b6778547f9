package dev.vams.migration.core.store;

import java.util.Optional;

/**
 * A place in a listing of versions.
 *
 * @param key the key that the listing goes on behind
 * @param versionId the version of that key that it goes on behind; empty when all versions of the
 *     key are behind it
 */
public record VersionMarker(String key, Optional<String> versionId) {

  /** Before the first key. */
  public static final VersionMarker START = afterKey("");

  /** Behind all versions of a key, which need not exist. */
  public static VersionMarker afterKey(String key) {
    return new VersionMarker(key, Optional.empty());
  }

  /** Behind one version. */
  public static VersionMarker after(ObjectVersion version) {
    return new VersionMarker(version.key(), Optional.of(version.versionId()));
  }
}
