package dev.vams.migration.core.store;

import java.util.Set;

/**
 * What the plan needs to know of a bucket.
 *
 * @param versioning whether the bucket keeps versions of its objects
 * @param features what is switched on
 */
public record BucketFacts(Versioning versioning, Set<BucketFeature> features) {

  /** Takes a copy of the set. */
  public BucketFacts {
    features = Set.copyOf(features);
  }

  /** A bucket with nothing else switched on. */
  public BucketFacts(Versioning versioning) {
    this(versioning, Set.of());
  }

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
