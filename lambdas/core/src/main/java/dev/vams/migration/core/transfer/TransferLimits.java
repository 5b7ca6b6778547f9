package dev.vams.migration.core.transfer;

import dev.vams.migration.core.inventory.SplitLimits;
import dev.vams.migration.core.limit.AimdWindow;

/**
 * How much one worker does at once.
 *
 * @param objectsInFlight copies of objects, or of parts of one, at the same time at first, at least
 *     1
 * @param writesInFlight batches of items, or single conditional puts, at the same time at first, at
 *     least 1
 * @param largestCopy the largest object that is copied by one call, bytes; larger ones are copied
 *     in parts
 * @param partSize the size of a part, bytes, at least 1; parts are larger where {@link
 *     PartLayout#MOST_PARTS} would not suffice
 * @param split when a key range that is far larger than planned is split, and how finely
 */
public record TransferLimits(
    int objectsInFlight, int writesInFlight, long largestCopy, long partSize, SplitLimits split) {

  /**
   * The largest object of one CopyObject call, 5 GiB in bytes (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>).
   */
  private static final long LARGEST_COPY = 5L << 30;

  /**
   * 128 MiB in bytes: a part takes seconds, so that a worker comes to its end soon after its
   * deadline, and an object of the smallest size that needs parts has 41 of them.
   */
  private static final long PART_SIZE = 128L << 20;

  /** How far the calls in flight may grow while a service does not ask for less. */
  private static final int MOST_TIMES_FIRST = 2;

  private static final int LONGEST_QUEUE_SECONDS = 10;

  /** What suits a worker of one virtual processor. */
  public static final TransferLimits DEFAULT =
      new TransferLimits(64, 16, LARGEST_COPY, PART_SIZE, SplitLimits.DEFAULT);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is too small
   */
  public TransferLimits {
    if (objectsInFlight < 1 || writesInFlight < 1) {
      throw new IllegalArgumentException("a worker needs at least one call in flight");
    }
    if (largestCopy < 0 || partSize < 1) {
      throw new IllegalArgumentException("a part has at least one byte");
    }
  }

  /** Bounds the copies of objects in flight. */
  public AimdWindow objects() {
    return new AimdWindow(objectsInFlight, MOST_TIMES_FIRST * objectsInFlight);
  }

  /**
   * Bounds the copies of objects in flight where requests are kept to a rate: all that are in
   * flight have their place within {@value #LONGEST_QUEUE_SECONDS} s, so that a worker ends in
   * time.
   *
   * @param requestsPerSecond more than 0
   */
  public AimdWindow objects(double requestsPerSecond) {
    int most =
        (int) Math.min(objectsInFlight, Math.ceil(requestsPerSecond * LONGEST_QUEUE_SECONDS));
    return new AimdWindow(most, most);
  }

  /** Bounds the writes of items in flight. */
  public AimdWindow writes() {
    return new AimdWindow(writesInFlight, MOST_TIMES_FIRST * writesInFlight);
  }

  /**
   * The same for one of several workers in a process, which share its memory: their writes in
   * flight, of some hundred kilobytes each with the answers, are those of one worker together.
   *
   * @param workers how many there are, at least 1
   */
  public TransferLimits sharedBy(int workers) {
    return new TransferLimits(
        objectsInFlight, Math.max(1, writesInFlight / workers), largestCopy, partSize, split);
  }

  /** The same with other sizes of objects and parts. */
  public TransferLimits withSizes(long otherLargestCopy, long otherPartSize) {
    return new TransferLimits(
        objectsInFlight, writesInFlight, otherLargestCopy, otherPartSize, split);
  }

  /** The same with other splits. */
  public TransferLimits withSplits(SplitLimits other) {
    return new TransferLimits(objectsInFlight, writesInFlight, largestCopy, partSize, other);
  }
}
