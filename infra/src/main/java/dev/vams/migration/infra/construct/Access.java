package dev.vams.migration.infra.construct;

/** What a worker may do to the buckets and tables of the migration schemas. */
enum Access {
  /**
   * Ask how the buckets and tables of both stacks are made, and take back the upload that proves
   * that objects may be written.
   */
  INSPECT,
  /** List the buckets of both stacks and read their objects. */
  READ_BUCKETS,
  /**
   * Have S3 copy objects into the target stack's buckets, add delete markers to them, and delete
   * objects of a mirror's target. No version is ever deleted.
   */
  COPY_OBJECTS,
  /** Read the items of the source stack's tables. */
  READ_SOURCE_TABLES,
  /** Read the items of the target stack's tables. */
  READ_TARGET_TABLES,
  /** Put items into the target stack's tables. */
  WRITE_TABLES
}
