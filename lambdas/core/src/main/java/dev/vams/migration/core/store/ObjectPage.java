package dev.vams.migration.core.store;

import java.util.List;

/**
 * One page of a listing.
 *
 * @param objects in ascending order of their keys' UTF-8 bytes
 * @param last whether the listing ends with this page
 */
public record ObjectPage(List<ObjectSummary> objects, boolean last) {

  /** Takes a copy of the list. */
  public ObjectPage {
    objects = List.copyOf(objects);
  }
}
