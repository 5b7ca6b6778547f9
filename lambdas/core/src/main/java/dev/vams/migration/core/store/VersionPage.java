package dev.vams.migration.core.store;

import java.util.List;

/**
 * One page of a listing of versions.
 *
 * @param versions in ascending order of their keys' UTF-8 bytes; the versions of one key newest
 *     first
 * @param last whether the listing ends with this page
 */
public record VersionPage(List<ObjectVersion> versions, boolean last) {

  /** Takes a copy of the list. */
  public VersionPage {
    versions = List.copyOf(versions);
  }
}
