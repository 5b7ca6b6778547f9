package dev.vams.migration.core.store;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing of versions.
 *
 * @param versions in ascending order of their keys' UTF-8 bytes; the versions of one key newest
 *     first
 * @param next where the next page begins; empty if the listing ends with this page
 */
public record VersionPage(List<ObjectVersion> versions, Optional<VersionMarker> next) {

  /** Takes a copy of the list. */
  public VersionPage {
    versions = List.copyOf(versions);
  }
}
