package dev.vams.migration.core.listing;

import dev.vams.migration.core.store.ObjectSummary;

/** What of an object goes into the content digest of a bucket. */
public final class ObjectLine {
  private ObjectLine() {}

  /** Key, size and ETag, separated by the character NUL. */
  public static String of(ObjectSummary object) {
    return object.key() + '\0' + object.size() + '\0' + object.etag();
  }
}
