package dev.vams.migration.core.inventory;

import dev.vams.migration.core.inventory.KeyRangePartitioner.Listing;
import dev.vams.migration.core.inventory.KeyRangePartitioner.Partition;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what is left of a key range into shares of about equal numbers of keys, if it is far larger
 * than a range was planned to be. Safe for use by many threads.
 */
public final class KeyRangeSplitter {
  private final ObjectStore objects;
  private final SplitLimits limits;

  public KeyRangeSplitter(ObjectStore objects, SplitLimits limits) {
    this.objects = objects;
    this.limits = limits;
  }

  /**
   * The shares of what is left, in the order of their keys.
   *
   * @param after what is left begins behind this key
   * @param planned about how many keys the bucket had when it was planned
   * @param deadline when to be content with what is known
   * @return empty when what is left is not worth a split
   * @throws dev.vams.migration.core.store.StoreException when the bucket cannot be listed
   */
  public List<KeyRange> split(
      String bucket, KeyRange range, String after, Estimate planned, Deadline deadline) {
    return split(
        (start, most) ->
            objects.list(bucket, range.prefix(), start, Math.min(most, limits.keysPerCall())),
        range,
        after,
        planned,
        deadline);
  }

  List<KeyRange> split(
      Listing bucket, KeyRange range, String after, Estimate planned, Deadline deadline) {
    Partition left =
        new KeyRangePartitioner(bucket, limits.ofPartition(), deadline)
            .partition(after, range.through());
    boolean isPlanned = left.keys() <= limits.timesPlanned() * UnitCutter.keysPerRange(planned);
    return isPlanned || left.boundaries().isEmpty()
        ? List.of()
        : shares(range, after, left.boundaries());
  }

  /** Joins neighbours, about as many in each share. */
  private List<KeyRange> shares(KeyRange range, String after, List<String> boundaries) {
    int ranges = boundaries.size() + 1;
    int count = Math.min(limits.shares(), ranges);
    List<KeyRange> shares = new ArrayList<>();
    String start = after;
    for (int number = 1; number < count; number++) {
      String end = boundaries.get(number * ranges / count - 1);
      shares.add(range.share(number, start, end));
      start = end;
    }
    shares.add(range.share(count, start, range.through()));
    return shares;
  }
}
