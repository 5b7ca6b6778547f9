package dev.vams.migration.core.plan;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One slice of one pair: what a single child workflow copies or compares. The units of a pair cover
 * it without overlap.
 */
public sealed interface Unit {

  /** Unique within a run, and plain in file names and object keys. */
  String id();

  /** The pair that the unit is a slice of. */
  String descriptor();

  /**
   * The keys of a bucket in {@code (after, through]}, in the order of UTF-8 bytes. As no key is
   * empty, an empty bound means that there is none.
   *
   * @param prefix only keys that start with it; empty for all
   * @param after the greatest string that does not belong to the unit any more; empty to begin with
   *     the first key
   * @param through the last string that may belong to the unit; empty to end with the last key
   */
  record KeyRange(String id, String descriptor, String prefix, String after, String through)
      implements Unit {

    /** Ids of planned units end with a hyphen and digits. */
    private static final Pattern SHARE = Pattern.compile(".*_\\d\\d");

    /**
     * A share of this unit: a part of its keys that is copied beside the others. The shares' files
     * follow those of the unit, and precede those of the next unit, wherever files are listed.
     *
     * @param number from 1 to 99
     * @param shareAfter as {@code after}, for the share
     * @param shareThrough as {@code through}, for the share
     */
    public KeyRange share(int number, String shareAfter, String shareThrough) {
      String shareId = String.format(Locale.ROOT, "%s_%02d", id, number);
      return new KeyRange(shareId, descriptor, prefix, shareAfter, shareThrough);
    }

    /** Whether this is a share, and not a unit of the plan. */
    public boolean isShare() {
      return SHARE.matcher(id).matches();
    }
  }

  /**
   * One parallel-scan segment of a table.
   *
   * @param segment from 0
   * @param totalSegments in how many segments the table is read
   */
  record Segment(String id, String descriptor, int segment, int totalSegments) implements Unit {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when the segment is not one of the total
     */
    public Segment {
      if (segment < 0 || segment >= totalSegments) {
        throw new IllegalArgumentException(
            "segment %s of %s does not exist".formatted(segment, totalSegments));
      }
    }
  }

  /**
   * One segment of a table whose content is known to differ, to be compared item by item.
   *
   * @param segment from 0
   * @param totalSegments in how many segments the source is read
   */
  record ItemComparison(String id, String descriptor, int segment, int totalSegments)
      implements Unit {}
}
