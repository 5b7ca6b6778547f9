package dev.vams.migration.core.store;

/** One side of a migration: the buckets and tables of stack A, or those of stack B. */
public interface Stack {

  /** The stack's buckets. */
  ObjectStore objects();

  /** Uploads in parts to the stack's buckets. */
  ObjectUploads uploads();

  /** One of the stack's tables; that it exists is not checked. */
  ItemTable table(String name);
}
