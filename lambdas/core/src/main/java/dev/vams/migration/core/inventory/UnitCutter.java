package dev.vams.migration.core.inventory;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.TableFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts pairs into units. */
final class UnitCutter {

  /**
   * Enough work for a worker to pay for its start, and little enough to share a bucket among many.
   */
  private static final int KEYS_PER_RANGE = 2_000;

  /** How many pages a bucket is looked through at most; the rest is one range, however long. */
  private static final int MOST_PAGES = 64;

  private static final int PAGE_SIZE = 1_000;

  /** About a minute's reading for a worker of one virtual processor. */
  private static final long BYTES_PER_SEGMENT = 16L << 20;

  /** As many as Distributed Map starts in a few seconds; a segment of any size can be continued. */
  private static final int MOST_SEGMENTS = 1_000;

  private final Stack source;

  UnitCutter(Stack source) {
    this.source = source;
  }

  /**
   * A bucket, cut.
   *
   * @param ranges in order; the last one is open, so that later keys belong to it
   * @param estimate how many keys were seen while cutting
   */
  record CutBucket(List<Unit> ranges, Estimate estimate) {}

  CutBucket cut(BucketPair pair, int pairNumber) {
    List<Unit> ranges = new ArrayList<>();
    String after = "";
    String last = "";
    int keys = 0;
    long seen = 0;
    boolean orMore = true;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      ObjectPage page = InFlight.await(source.objects().list(pair.from(), "", last, PAGE_SIZE));
      if (page.objects().isEmpty()) {
        orMore = false;
        break;
      }
      last = page.objects().get(page.objects().size() - 1).key();
      keys += page.objects().size();
      seen += page.objects().size();
      if (page.last()) {
        orMore = false;
        break;
      }
      if (keys >= KEYS_PER_RANGE) {
        ranges.add(range(pair, pairNumber, ranges.size(), after, last));
        after = last;
        keys = 0;
      }
    }
    ranges.add(range(pair, pairNumber, ranges.size(), after, ""));
    return new CutBucket(ranges, new Estimate(seen, orMore));
  }

  /** The segments of a table, chosen by its approximate size. */
  static List<Unit> cut(TablePair pair, int pairNumber, TableFacts facts) {
    long wanted = 1 + facts.approximateBytes() / BYTES_PER_SEGMENT;
    int total = (int) Math.min(MOST_SEGMENTS, wanted);
    List<Unit> segments = new ArrayList<>();
    for (int segment = 0; segment < total; segment++) {
      String id = id("table", pairNumber, pair.descriptor(), segment);
      segments.add(new Segment(id, pair.descriptor(), segment, total));
    }
    return segments;
  }

  private static Unit range(
      BucketPair pair, int pairNumber, int number, String after, String through) {
    String id = id("bucket", pairNumber, pair.descriptor(), number);
    return new KeyRange(id, pair.descriptor(), "", after, through);
  }

  /** The descriptor is there for people; the numbers make the id unique. */
  private static String id(String kind, int pairNumber, String descriptor, int number) {
    String plain = descriptor.replaceAll("[^A-Za-z0-9_-]", "_");
    return String.format(Locale.ROOT, "%s-%02d-%s-%04d", kind, pairNumber, plain, number);
  }
}
