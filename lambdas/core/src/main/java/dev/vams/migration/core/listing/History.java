package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * All that a bucket keeps of one key: its versions and delete markers. S3 lists them newest first,
 * and they are written oldest first. So the newest {@value #HELD} versions are held; of a longer
 * history besides only where each {@value #HELD} of them begin and end, so that they can be listed
 * once more from their end, a page at a time. What was written since the first listing is left out
 * of the second one.
 */
public final class History {

  /** A page: about 200 KB. */
  static final int HELD = 1000;

  private final List<ObjectVersion> held;

  /** Where each page begins, and behind them where the last one ends. */
  private final List<VersionMarker> pages;

  private final long count;
  private final long largest;
  private final long readable;
  private final ObjectVersion newest;

  private History(
      List<ObjectVersion> held,
      List<VersionMarker> pages,
      long count,
      long largest,
      long readable,
      ObjectVersion newest) {
    this.held = held;
    this.pages = pages;
    this.count = count;
    this.largest = largest;
    this.readable = readable;
    this.newest = newest;
  }

  /** Takes the versions of one key as they are listed, the newest one first. */
  static final class Reader {
    private final List<ObjectVersion> held = new ArrayList<>();
    private final List<VersionMarker> pages = new ArrayList<>();
    private long count;
    private long largest;
    private long readable;
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
      readable += readable == count && !version.object().isUnreadable() ? 1 : 0;
      count++;
    }

    History read() {
      Collections.reverse(held);
      pages.add(VersionMarker.after(last));
      return new History(List.copyOf(held), List.copyOf(pages), count, largest, readable, newest);
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

  /** How many of the newest versions there are before the first that is archived. */
  public long readable() {
    return readable;
  }

  /** Whether any version is archived, as far as the listing tells. */
  public boolean isArchived() {
    return readable < count;
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
   * waited for.
   *
   * <p>The iterator fails with {@link StoreException} if the newest version, or one that a page
   * ends with, is gone: where the rest belongs cannot be told then, but a new listing can.
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
        List<ObjectVersion> versions = read(pages.get(pagesLeft), pages.get(pagesLeft + 1));
        Collections.reverse(versions);
        page = versions.iterator();
      }
      return page.hasNext();
    }

    private List<ObjectVersion> read(VersionMarker after, VersionMarker through) {
      List<ObjectVersion> versions = new ArrayList<>();
      boolean isKnown = !after.equals(pages.get(0));
      VersionMarker last = after;
      VersionPage listed;
      do {
        listed = InFlight.await(store.listVersions(bucket, key(), last, HELD));
        for (ObjectVersion version : listed.versions()) {
          last = VersionMarker.after(version);
          isKnown |= version.versionId().equals(newest.versionId());
          if (isKnown) {
            versions.add(version);
          }
          if (isKnown && last.equals(through)) {
            return versions;
          }
        }
      } while (!listed.last() && !listed.versions().isEmpty() && last.key().equals(key()));
      throw changed();
    }

    private StoreException changed() {
      return new StoreException(
          "listing the versions of bucket " + bucket,
          new StoreError(
              "ChangedHistory",
              "versions of '%s' were removed while they were read".formatted(key()),
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
