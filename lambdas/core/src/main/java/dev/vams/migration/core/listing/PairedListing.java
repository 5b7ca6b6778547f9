package dev.vams.migration.core.listing;

import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.Stack;
import java.util.Iterator;

/**
 * Both sides of a key range together, in ascending order of their keys: listings instead of a
 * request for each object. Memory holds two pages a side. Not safe for use by several threads.
 */
public final class PairedListing implements Iterator<Paired> {
  private final KeyListing source;
  private final KeyListing target;

  /**
   * @param after where to begin: only greater keys
   */
  public PairedListing(Stack source, Stack target, BucketPair pair, KeyRange range, String after) {
    this.source = new KeyListing(source.objects(), pair.from(), range, after);
    this.target = new KeyListing(target.objects(), pair.to(), range, after);
  }

  @Override
  public boolean hasNext() {
    return source.hasNext() || target.hasNext();
  }

  @Override
  public Paired next() {
    if (!target.hasNext()) {
      return new Paired.OnlySource(source.next());
    }
    if (!source.hasNext()) {
      return new Paired.OnlyTarget(target.next());
    }
    int order = KeyOrder.UTF_8.compare(source.peek().key(), target.peek().key());
    if (order < 0) {
      return new Paired.OnlySource(source.next());
    }
    if (order > 0) {
      return new Paired.OnlyTarget(target.next());
    }
    return new Paired.Both(source.next(), target.next());
  }
}
