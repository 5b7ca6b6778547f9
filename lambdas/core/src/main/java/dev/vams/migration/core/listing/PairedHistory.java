package dev.vams.migration.core.listing;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The histories of one key.
 *
 * @param key the key
 * @param source what the source keeps of it; empty for nothing
 * @param target what the target keeps of it; empty for nothing
 */
public record PairedHistory(String key, Optional<History> source, Optional<History> target) {

  /** Whether both histories are in memory. */
  public boolean isHeld() {
    return sides().allMatch(History::isHeld);
  }

  /** How many versions and delete markers both sides have together. */
  public long count() {
    return sides().mapToLong(History::count).sum();
  }

  /**
   * Whether a mirror is not to have the key: the source has nothing of it, and the target more than
   * what a deletion leaves.
   */
  public boolean isExtraneous() {
    return source.isEmpty() && !target.orElseThrow().newest().isDeleteMarker();
  }

  private Stream<History> sides() {
    return Stream.concat(source.stream(), target.stream());
  }
}
