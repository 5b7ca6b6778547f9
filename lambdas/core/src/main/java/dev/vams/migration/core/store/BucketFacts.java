package dev.vams.migration.core.store;

/**
 * What the plan needs to know of a bucket.
 *
 * @param versioning whether the bucket keeps versions of its objects
 */
public record BucketFacts(Versioning versioning) {

  /** The three states of a bucket's versioning, ordered from least to most that is kept. */
  public enum Versioning {
    /** Never switched on. */
    OFF,
    /** Switched on once and off again: old versions remain, new ones are not kept. */
    SUSPENDED,
    /** Each overwritten or deleted object stays as a version. */
    ENABLED
  }
}
