package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.StoreException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;

/**
 * The objects of a key range in ascending order of their keys. One page is in memory, and the next
 * one is fetched while it is read. Fails with {@link StoreException}, rather than end before its
 * end. Not safe for use by several threads.
 */
final class KeyListing implements Iterator<ObjectSummary> {
  private static final int PAGE_SIZE = 1000;

  private final ObjectStore store;
  private final String bucket;
  private final KeyRange range;
  private Iterator<ObjectSummary> page = List.<ObjectSummary>of().iterator();
  private CompletionStage<ObjectPage> nextPage;
  private ObjectSummary next;

  /**
   * @param after where to begin: only greater keys
   */
  KeyListing(ObjectStore store, String bucket, KeyRange range, String after) {
    this.store = store;
    this.bucket = bucket;
    this.range = range;
    nextPage = fetch(after);
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /** The next object, which stays the next one. */
  ObjectSummary peek() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }

  @Override
  public ObjectSummary next() {
    ObjectSummary current = peek();
    advance();
    return current;
  }

  private void advance() {
    while (!page.hasNext() && nextPage != null) {
      ObjectPage fetched = InFlight.await(nextPage);
      List<ObjectSummary> objects = fetched.objects();
      ListedPage.check(
          bucket,
          next == null ? "" : next.key(),
          objects.stream().map(ObjectSummary::key).toList(),
          fetched.last(),
          false);
      nextPage = fetched.last() ? null : fetch(objects.get(objects.size() - 1).key());
      page = objects.iterator();
    }
    next = page.hasNext() ? page.next() : null;
    if (next != null && !isInRange(next.key())) {
      next = null;
      page = List.<ObjectSummary>of().iterator();
      nextPage = null;
    }
  }

  private boolean isInRange(String key) {
    return range.through().isEmpty() || KeyOrder.UTF_8.compare(key, range.through()) <= 0;
  }

  private CompletionStage<ObjectPage> fetch(String after) {
    return store.list(bucket, range.prefix(), after, PAGE_SIZE);
  }
}
