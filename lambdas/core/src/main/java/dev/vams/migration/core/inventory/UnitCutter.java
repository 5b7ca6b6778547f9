package dev.vams.migration.core.inventory;

import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemSize;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.TableFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Cuts pairs into units. */
final class UnitCutter {

  /**
   * How finely a bucket is cut. 2,000 list calls cost one US cent (<a
   * href="https://aws.amazon.com/s3/pricing/">S3 pricing</a>: $0.005 for 1,000); what they achieve
   * is in docs/decisions/0023-key-range-partitioning.md. 2,000 keys are enough work for a worker to
   * pay for its start, and little enough to share a bucket among many. 256 ranges are six for each
   * worker of the default concurrency.
   */
  static final KeyRangePartitioner.Limits BUCKET_LIMITS =
      new KeyRangePartitioner.Limits(2_000, 128_000, 2_000, 256);

  /**
   * 4 MiB, some thousands of items: enough work for a worker to pay for its start, and little
   * enough to share a small table among many.
   */
  private static final long BYTES_PER_SEGMENT = 4L << 20;

  /** As many as Distributed Map starts in a few seconds; a segment of any size can be continued. */
  private static final int MOST_SEGMENTS = 1_000;

  /** A worker uses far more if it can; with less for each, more workers are no faster. */
  private static final int UNITS_PER_SEGMENT = 50;

  private final Stack source;

  UnitCutter(Stack source) {
    this.source = source;
  }

  /**
   * A bucket, cut.
   *
   * @param ranges in order; the last one is open, so that later keys belong to it
   * @param estimate about how many keys the bucket has
   * @param archived the archived objects among the keys that were listed
   * @param isListed whether these were all keys
   */
  record CutBucket(
      List<Unit> ranges, Estimate estimate, ArchivedCount archived, boolean isListed) {}

  /**
   * The key ranges of a bucket.
   *
   * @param deadline when looking through the bucket has to end; what is left is one range
   */
  CutBucket cut(BucketPair pair, int pairNumber, Deadline deadline) {
    ArchivedCount archived = new ArchivedCount();
    KeyRangePartitioner.Partition partition =
        new KeyRangePartitioner(
                (after, limit) ->
                    source.objects().list(pair.from(), "", after, limit).thenApply(archived::count),
                BUCKET_LIMITS,
                deadline)
            .partition();
    List<Unit> ranges = new ArrayList<>();
    String after = "";
    for (String boundary : partition.boundaries()) {
      ranges.add(range(pair, pairNumber, ranges.size(), after, boundary));
      after = boundary;
    }
    ranges.add(range(pair, pairNumber, ranges.size(), after, ""));
    return new CutBucket(
        ranges,
        new Estimate(partition.keys(), !partition.isSwept()),
        archived,
        partition.isListed());
  }

  /** About how many keys a key range has on average, in a bucket of about so many. */
  static double keysPerRange(Estimate bucket) {
    return Math.max(BUCKET_LIMITS.keys(), BUCKET_LIMITS.stepAfter((double) bucket.entries()));
  }

  /**
   * The segments of a table, chosen by its size and by what it and the target can take.
   *
   * @param pace how much of the tables the run will get
   */
  List<Unit> cut(TablePair pair, int pairNumber, TableFacts facts, Ceilings pace) {
    long wanted = 1 + bytes(pair, facts) / BYTES_PER_SEGMENT;
    double useful = Math.max(1, Math.ceil(pace.least() / UNITS_PER_SEGMENT));
    int total = (int) Math.min(MOST_SEGMENTS, Math.min((double) wanted, useful));
    List<Unit> segments = new ArrayList<>();
    for (int segment = 0; segment < total; segment++) {
      String id = id("table", pairNumber, pair.descriptor(), segment);
      segments.add(new Segment(id, pair.descriptor(), segment, total));
    }
    return segments;
  }

  /** A table that was just filled is not counted yet: then one page tells of the others. */
  private long bytes(TablePair pair, TableFacts facts) {
    if (facts.approximateItems() > 0) {
      return facts.approximateBytes();
    }
    ItemPage page =
        InFlight.await(source.table(pair.from()).scan(0, MOST_SEGMENTS, Optional.empty()));
    return MOST_SEGMENTS * page.items().stream().mapToLong(ItemSize::of).sum();
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
