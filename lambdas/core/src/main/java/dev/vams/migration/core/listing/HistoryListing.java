package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;

/**
 * The histories of a key range in ascending order of their keys. Two pages are in memory besides
 * the history at hand: the next page is fetched while one is read. Fails with {@link
 * StoreException}, rather than end before its end. Not safe for use by several threads.
 */
final class HistoryListing implements Iterator<History> {
  private static final int PAGE_SIZE = 1000;

  private final ObjectStore store;
  private final String bucket;
  private final KeyRange range;
  private Iterator<ObjectVersion> page = Collections.emptyIterator();
  private CompletionStage<VersionPage> nextPage;
  private ObjectVersion nextVersion;
  private History next;

  /**
   * @param after where to begin: only greater keys
   */
  HistoryListing(ObjectStore store, String bucket, KeyRange range, String after) {
    this.store = store;
    this.bucket = bucket;
    this.range = range;
    nextPage = fetch(VersionMarker.afterKey(after));
    advanceVersion();
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /** The next history, which stays the next one. */
  History peek() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }

  @Override
  public History next() {
    History current = peek();
    advance();
    return current;
  }

  private void advance() {
    next = null;
    if (nextVersion != null && isInRange(nextVersion.key())) {
      String key = nextVersion.key();
      History.Reader history = new History.Reader();
      do {
        history.add(nextVersion);
        advanceVersion();
      } while (nextVersion != null && nextVersion.key().equals(key));
      next = history.read();
    }
  }

  private void advanceVersion() {
    while (!page.hasNext() && nextPage != null) {
      VersionPage fetched = InFlight.await(nextPage);
      List<ObjectVersion> versions = fetched.versions();
      ListedPage.check(
          bucket,
          nextVersion == null ? "" : nextVersion.key(),
          versions.stream().map(ObjectVersion::key).toList(),
          fetched.last(),
          true);
      nextPage =
          !fetched.last() && isInRange(versions.get(versions.size() - 1).key())
              ? fetch(VersionMarker.after(versions.get(versions.size() - 1)))
              : null;
      page = versions.iterator();
    }
    nextVersion = page.hasNext() ? page.next() : null;
  }

  private boolean isInRange(String key) {
    return range.through().isEmpty() || KeyOrder.UTF_8.compare(key, range.through()) <= 0;
  }

  private CompletionStage<VersionPage> fetch(VersionMarker after) {
    return store.listVersions(bucket, range.prefix(), after, PAGE_SIZE);
  }
}
