package dev.vams.migration.core.plan;

/**
 * One bucket whose objects are copied to another bucket.
 *
 * @param descriptor what the bucket is for, unique among the buckets of a schema
 * @param from the source bucket's name
 * @param to the target bucket's name, different from {@code from}: bucket names are global
 */
public record BucketPair(String descriptor, String from, String to) {

  /**
   * Checks that there are two buckets.
   *
   * @throws IllegalArgumentException when a text is blank or source and target are the same
   */
  public BucketPair {
    Names.requireText(descriptor, "descriptor");
    Names.requireText(from, "from");
    Names.requireText(to, "to");
    if (from.equals(to)) {
      throw new IllegalArgumentException("bucket " + from + " cannot be copied to itself");
    }
  }
}
