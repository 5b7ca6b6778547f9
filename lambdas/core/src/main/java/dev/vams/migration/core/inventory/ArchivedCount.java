package dev.vams.migration.core.inventory;

import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectSummary;
import java.util.Optional;

/**
 * Counts the archived objects of the pages that Plan lists anyway: of the first keys of a bucket
 * each, of a large bucket some. Objects that are restored already can be read, and do not count.
 * Safe for use by many threads.
 */
final class ArchivedCount {
  private long objects;
  private Optional<ObjectSummary> first = Optional.empty();

  /** Counts those of a page, and gives it back. */
  synchronized ObjectPage count(ObjectPage page) {
    for (ObjectSummary object : page.objects()) {
      if (object.isUnreadable()) {
        objects++;
        boolean isFirst =
            first.map(known -> KeyOrder.UTF_8.compare(object.key(), known.key()) < 0).orElse(true);
        first = isFirst ? Optional.of(object) : first;
      }
    }
    return page;
  }

  synchronized long objects() {
    return objects;
  }

  /** The one with the least key. */
  synchronized Optional<ObjectSummary> first() {
    return first;
  }
}
