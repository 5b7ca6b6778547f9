package dev.vams.migration.core.store;

import java.util.List;

/**
 * What the items of a table cost (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Read
 * and write consumption</a>): one of the average size, as long as nobody has seen it, and those
 * that are at hand by their own. A guess, as indexes need not hold every item or all of it.
 *
 * @param averageBytes about how large an item is, at least 1
 * @param globalIndexes how many global indexes the table has, each of which is written too
 */
public record ItemUnits(long averageBytes, int globalIndexes) {

  /** How many bytes of an item, or of a page, cost one read unit. */
  public static final int BYTES_OF_READ_UNIT = 4096;

  /** How many bytes of an item cost one write unit. */
  public static final int BYTES_OF_WRITE_UNIT = 1024;

  /** Of a table of which nothing is known. */
  public static final ItemUnits LEAST = new ItemUnits(1, 0);

  /** Read units of an item that is read by its key, at least 1. */
  public double ofRead() {
    return Math.ceil((double) averageBytes / BYTES_OF_READ_UNIT);
  }

  /** Write units of an item that is put or deleted, at least 1. */
  public double ofWrite() {
    return ofWrite(averageBytes);
  }

  /** Write units of these items. */
  public double ofWrites(List<Item> items) {
    return items.stream().mapToDouble(item -> ofWrite(ItemSize.of(item))).sum();
  }

  private double ofWrite(long bytes) {
    return Math.ceil((double) bytes / BYTES_OF_WRITE_UNIT) * (1 + globalIndexes);
  }
}
