package dev.vams.migration.core.journal;

import java.util.Optional;

/** What versions of objects are called after they were copied. */
public interface VersionMap {

  /**
   * The new id of a version or delete marker.
   *
   * @param descriptor the pair of buckets
   * @param versionId the id at the source
   * @return empty when this version was not copied, or all that is copied of the pair are current
   *     versions
   */
  Optional<String> newVersionId(String descriptor, String key, String versionId);
}
