package dev.vams.migration.core.journal;

import dev.vams.migration.core.store.Item;
import java.util.Optional;

/** Where in a unit the next worker goes on. */
public sealed interface Position {

  /** In a bucket. */
  sealed interface InBucket extends Position {

    /** The last key that is done with. */
    String after();
  }

  /** On the only way through a bucket, or on the first of two. */
  record AfterKey(String after) implements InBucket {}

  /** On the second way through a bucket whose archived objects are restored. */
  record AfterRestored(String after) implements InBucket {}

  /**
   * In a table. A last key means something only to the same segment of the same number of segments
   * (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html">Scan</a>),
   * so both are kept with it.
   *
   * @param side which table is being read
   * @param lastKey the last key that is done with; empty at the beginning
   */
  record AfterItem(Side side, int segment, int totalSegments, Optional<Item> lastKey)
      implements Position {

    /**
     * The same, where a unit may go on from here.
     *
     * @param unit its id
     * @param number its segment
     * @param total of how many
     * @throws IllegalArgumentException when this is in another segment, or one of another number
     */
    public AfterItem in(String unit, int number, int total) {
      if (segment != number || totalSegments != total) {
        throw new IllegalArgumentException(
            "The cursor is of segment %s of %s and cannot continue segment %s of %s (unit %s)."
                .formatted(segment, totalSegments, number, total, unit));
      }
      return this;
    }
  }

  /** The two tables of a pair. */
  enum Side {
    /** The table that is copied. */
    SOURCE,
    /** The copy. */
    TARGET
  }
}
