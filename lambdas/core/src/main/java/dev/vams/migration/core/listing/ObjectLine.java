package dev.vams.migration.core.listing;

import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectVersion;

/** What of an object goes into the content digest of a bucket. */
public final class ObjectLine {
  private ObjectLine() {}

  /** Key, size and ETag, separated by the character NUL; a delete marker has no ETag. */
  public static String of(ObjectVersion version) {
    return version.key() + '\0' + version.size() + '\0' + version.etag();
  }

  /** Key, size and ETag, separated by the character NUL. */
  public static String of(ObjectSummary object) {
    return object.key() + '\0' + object.size() + '\0' + object.etag();
  }
}
