package dev.vams.migration.core.plan;

/** In which phases buckets and tables are copied. A phase starts when the one before has ended. */
public enum Order {
  /** One phase with everything: the shortest outage. */
  TOGETHER,
  /** All tables, then all buckets: for targets that react to new objects by looking up items. */
  TABLES_FIRST,
  /** All buckets, then all tables. */
  BUCKETS_FIRST
}
