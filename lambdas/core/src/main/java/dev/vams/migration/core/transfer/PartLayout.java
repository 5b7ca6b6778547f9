package dev.vams.migration.core.transfer;

import dev.vams.migration.core.store.ObjectPart;

/**
 * How an object is cut into parts: all of one size, but the last.
 *
 * @param size the object's size, bytes, at least 1
 * @param partSize bytes
 */
record PartLayout(long size, long partSize) {

  /**
   * How many parts an upload has at most; with parts of 5 GiB they make 48.8 TiB, the largest
   * object (<a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Multipart
   * upload limits</a>).
   */
  static final int MOST_PARTS = 10_000;

  /**
   * The layout of an object.
   *
   * @param wantedPartSize the size of parts, unless there would be too many
   */
  static PartLayout of(long size, long wantedPartSize) {
    return new PartLayout(size, Math.max(wantedPartSize, quotient(size, MOST_PARTS)));
  }

  int count() {
    return Math.toIntExact(quotient(size, partSize));
  }

  /**
   * A part.
   *
   * @param number from 1
   */
  ObjectPart part(int number) {
    long first = (number - 1) * partSize;
    return new ObjectPart(number, first, Math.min(partSize, size - first));
  }

  /** Rounded up. */
  private static long quotient(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
