package dev.vams.migration.core.plan;

/** Which versions of a bucket's objects are copied. */
public enum Versions {
  /** The current one of each key. */
  CURRENT,
  /** All that the bucket keeps, delete markers among them. */
  ALL
}
