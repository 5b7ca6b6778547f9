package dev.vams.migration.core.journal;

import dev.vams.migration.core.store.Item;
import java.util.Optional;

/** Where in a unit the next worker goes on. */
public sealed interface Position {

  /**
   * In a bucket.
   *
   * @param after the last key that is done with
   */
  record AfterKey(String after) implements Position {}

  /**
   * In a bucket, on the second way through it, which is for the objects that had to be restored.
   *
   * @param after the last key that is done with
   */
  record AfterRestored(String after) implements Position {}

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
      implements Position {}

  /** The two tables of a pair. */
  enum Side {
    /** The table that is copied. */
    SOURCE,
    /** The copy. */
    TARGET
  }
}
