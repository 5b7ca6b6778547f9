package dev.vams.migration.core.listing;

import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.Stack;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The histories of both sides of a key range together, in ascending order of their keys. Not safe
 * for use by several threads.
 */
public final class PairedHistories implements Iterator<PairedHistory> {
  private final HistoryListing source;
  private final HistoryListing target;

  /**
   * @param after where to begin: only greater keys
   */
  public PairedHistories(
      Stack source, Stack target, BucketPair pair, KeyRange range, String after) {
    this.source = new HistoryListing(source.objects(), pair.from(), range, after);
    this.target = new HistoryListing(target.objects(), pair.to(), range, after);
  }

  @Override
  public boolean hasNext() {
    return source.hasNext() || target.hasNext();
  }

  @Override
  public PairedHistory next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int order = 0;
    if (!source.hasNext()) {
      order = 1;
    } else if (!target.hasNext()) {
      order = -1;
    } else {
      order = KeyOrder.UTF_8.compare(source.peek().key(), target.peek().key());
    }
    String key = (order <= 0 ? source : target).peek().key();
    return new PairedHistory(
        key,
        order <= 0 ? Optional.of(source.next()) : Optional.empty(),
        order >= 0 ? Optional.of(target.next()) : Optional.empty());
  }
}
