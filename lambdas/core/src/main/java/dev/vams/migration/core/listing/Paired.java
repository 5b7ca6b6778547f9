package dev.vams.migration.core.listing;

import dev.vams.migration.core.store.ObjectSummary;

/** One key, and which sides have it. */
public sealed interface Paired {

  /** The key. */
  String key();

  /** The key is on both sides. */
  record Both(ObjectSummary source, ObjectSummary target) implements Paired {
    @Override
    public String key() {
      return source.key();
    }
  }

  /** Only the source has the key. */
  record OnlySource(ObjectSummary source) implements Paired {
    @Override
    public String key() {
      return source.key();
    }
  }

  /** Only the target has the key. */
  record OnlyTarget(ObjectSummary target) implements Paired {
    @Override
    public String key() {
      return target.key();
    }
  }
}
