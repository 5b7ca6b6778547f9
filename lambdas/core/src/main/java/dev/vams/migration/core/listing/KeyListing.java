package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.StoreError;
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
      if (objects.isEmpty() && !fetched.last()) {
        throw unended(bucket);
      }
      refuseUnordered(next == null ? "" : next.key(), objects);
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

  /** Behind a page that is empty but not the last one there is no key to go on after. */
  static StoreException unended(String bucket) {
    return new StoreException(
        "listing bucket " + bucket,
        new StoreError(
            "UnendedListing",
            "the service says that there is more, but gave an empty page",
            StoreError.Scope.TRANSIENT));
  }

  /**
   * A merge of two listings that are not in order would take present objects for missing ones, and
   * a mirror would delete them. So a page is looked through before anything is done with it.
   */
  private void refuseUnordered(String before, List<ObjectSummary> objects) {
    String previous = before;
    for (ObjectSummary object : objects) {
      if (KeyOrder.UTF_8.compare(previous, object.key()) >= 0) {
        throw unordered(previous, object.key());
      }
      previous = object.key();
    }
  }

  private StoreException unordered(String previous, String next) {
    return new StoreException(
        "listing bucket " + bucket,
        new StoreError(
            "UnorderedListing",
            "'%s' comes after '%s', but S3 lists keys in ascending order of their UTF-8 bytes"
                .formatted(next, previous),
            StoreError.Scope.UNIT));
  }

  private boolean isInRange(String key) {
    return range.through().isEmpty() || KeyOrder.UTF_8.compare(key, range.through()) <= 0;
  }

  private CompletionStage<ObjectPage> fetch(String after) {
    return store.list(bucket, range.prefix(), after, PAGE_SIZE);
  }
}
