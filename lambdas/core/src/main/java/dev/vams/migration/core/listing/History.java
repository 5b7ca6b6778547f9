package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * All that a bucket keeps of one key: its versions and delete markers. S3 lists them newest first,
 * and they are written oldest first. So the newest {@value #HELD} versions are held; of a longer
 * history besides only where each {@value #HELD} of them begin and end, so that they can be listed
 * once more from their end, a page at a time.
 */
public final class History {

  /** A page: about 200 KB. */
  static final int HELD = 1000;

  private final List<ObjectVersion> held;
  private final List<VersionMarker> pages;
  private final long count;
  private final long largest;
  private final ObjectVersion newest;

  private History(
      List<ObjectVersion> held,
      List<VersionMarker> pages,
      long count,
      long largest,
      ObjectVersion newest) {
    this.held = held;
    this.pages = pages;
    this.count = count;
    this.largest = largest;
    this.newest = newest;
  }

  /** Takes the versions of one key as they are listed, the newest one first. */
  static final class Reader {
    private final List<ObjectVersion> held = new ArrayList<>();
    private final List<VersionMarker> pages = new ArrayList<>();
    private long count;
    private long largest;
    private ObjectVersion newest;
    private ObjectVersion last;

    void add(ObjectVersion version) {
      if (count % HELD == 0) {
        // No listing begins with a key itself, but one of the keys that begin with it does.
        pages.add(last == null ? VersionMarker.START : VersionMarker.after(last));
      }
      if (count < HELD) {
        held.add(version);
      }
      newest = newest == null ? version : newest;
      last = version;
      largest = Math.max(largest, version.size());
      count++;
    }

    History read() {
      Collections.reverse(held);
      // Where a page ends, the next one begins.
      pages.add(VersionMarker.after(last));
      return new History(List.copyOf(held), List.copyOf(pages), count, largest, newest);
    }
  }

  /** The key. */
  public String key() {
    return newest.key();
  }

  /** How many versions and delete markers there are, at least 1. */
  public long count() {
    return count;
  }

  /** The size of the largest version, bytes. */
  public long largest() {
    return largest;
  }

  /** The current version. */
  public ObjectVersion newest() {
    return newest;
  }

  /** Whether all of it is in memory. */
  public boolean isHeld() {
    return count <= HELD;
  }

  /** The newest {@value #HELD} versions, or all of fewer, the oldest one first. */
  public List<ObjectVersion> held() {
    return held;
  }

  /**
   * All of it, the oldest version first, one page in memory. What is not held is listed again, and
   * waited for: what was written since is not in it.
   *
   * @return throws {@link StoreException} when a version at which a page ends is gone
   */
  public Iterator<ObjectVersion> oldestFirst(ObjectStore store, String bucket) {
    return isHeld() ? held.iterator() : new Backwards(store, bucket);
  }

  private final class Backwards implements Iterator<ObjectVersion> {
    private final ObjectStore store;
    private final String bucket;
    private int pagesLeft = pages.size() - 1;
    private Iterator<ObjectVersion> page = Collections.emptyIterator();

    Backwards(ObjectStore store, String bucket) {
      this.store = store;
      this.bucket = bucket;
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && pagesLeft > 0) {
        pagesLeft--;
        page = page(pages.get(pagesLeft), pages.get(pagesLeft + 1));
      }
      return page.hasNext();
    }

    /** Versions are known by their ids: counted, they would shift when others come or go. */
    private Iterator<ObjectVersion> page(VersionMarker start, VersionMarker end) {
      Deque<ObjectVersion> oldestFirst = new ArrayDeque<>();
      Optional<VersionMarker> next = Optional.of(start);
      while (next.isPresent()) {
        VersionPage listed = InFlight.await(store.listVersions(bucket, key(), next.get(), HELD));
        for (ObjectVersion version : listed.versions()) {
          boolean isWrittenSince =
              start.equals(VersionMarker.START)
                  && oldestFirst.isEmpty()
                  && !version.versionId().equals(newest.versionId());
          if (!isWrittenSince) {
            oldestFirst.addFirst(version);
          }
          if (VersionMarker.after(version).equals(end) && !oldestFirst.isEmpty()) {
            return oldestFirst.iterator();
          }
          if (!version.key().equals(key())) {
            throw changed();
          }
        }
        next = listed.versions().isEmpty() ? Optional.empty() : listed.next();
      }
      throw changed();
    }

    private StoreException changed() {
      return new StoreException(
          "listing the versions of bucket " + bucket,
          new StoreError(
              "ChangedListing",
              "versions of '%s' were removed while it was read".formatted(key()),
              StoreError.Scope.TRANSIENT));
    }

    @Override
    public ObjectVersion next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.next();
    }
  }

  /** The versions of what may not be there, the oldest one first. */
  public static Iterator<ObjectVersion> oldestFirst(
      Optional<History> history, ObjectStore store, String bucket) {
    return history
        .map(known -> known.oldestFirst(store, bucket))
        .orElseGet(Collections::emptyIterator);
  }
}
