package dev.vams.migration.infra.construct;

/** What a worker may do to the buckets and tables of the migration schemas. */
enum Access {
  /** List the buckets of both stacks and read their objects. */
  READ_BUCKETS,
  /** Have S3 copy objects into the target stack's buckets. Nothing is ever deleted. */
  COPY_OBJECTS,
  /** Describe the tables of both stacks and read their items. */
  READ_TABLES,
  /** Put items into the target stack's tables. */
  WRITE_TABLES
}
