package dev.vams.migration.core.store;

import java.util.List;

/**
 * What one object has of its bucket's features.
 *
 * @param lock what keeps it from being deleted
 * @param uncarried what no copy carries, or could not be read, each in words
 */
public record ObjectFeatures(ObjectLock lock, List<String> uncarried) {

  /** Nothing. */
  public static final ObjectFeatures NONE = new ObjectFeatures(ObjectLock.NONE, List.of());

  /** Takes a copy of the list. */
  public ObjectFeatures {
    uncarried = List.copyOf(uncarried);
  }
}
