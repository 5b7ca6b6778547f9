package dev.vams.migration.core.transfer;

import java.util.List;

/**
 * Writes items of one segment into the target table under one policy, and books what came of each.
 * Used by one thread, which waits while enough is in flight.
 */
interface ItemWriter {

  /**
   * Takes items to be written, in any order, soon.
   *
   * @throws dev.vams.migration.core.store.StoreException when the table cannot go on
   */
  void write(List<Outgoing> items);

  /**
   * Waits until everything that was taken is booked.
   *
   * @throws dev.vams.migration.core.store.StoreException when the table cannot go on
   */
  void drain();
}
