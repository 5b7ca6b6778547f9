package dev.vams.migration.core.listing;

import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.List;

/** What is asked of each page of a listing before anything is done with it. */
final class ListedPage {

  private ListedPage() {}

  /**
   * Looks through a page. A merge of two listings that are not in order would take present objects
   * for missing ones, and a mirror would delete them.
   *
   * @param before the last key of the page before; empty for none
   * @param keys those of the page
   * @param mayRepeat whether a key may be there more than once, as of its versions
   * @throws StoreException when the keys are not in order, or there are none though the listing has
   *     not ended: behind such a page there is no key to go on after
   */
  static void check(
      String bucket, String before, List<String> keys, boolean isLast, boolean mayRepeat) {
    if (keys.isEmpty() && !isLast) {
      throw new StoreException(
          "listing bucket " + bucket,
          new StoreError(
              "UnendedListing",
              "the service says that there is more, but gave an empty page",
              StoreError.Scope.TRANSIENT));
    }
    String previous = before;
    for (String key : keys) {
      int order = KeyOrder.UTF_8.compare(previous, key);
      if (order > 0 || (order == 0 && !mayRepeat)) {
        throw new StoreException(
            "listing bucket " + bucket,
            new StoreError(
                "UnorderedListing",
                "'%s' comes after '%s', but S3 lists keys in ascending order of their UTF-8 bytes"
                    .formatted(key, previous),
                StoreError.Scope.UNIT));
      }
      previous = key;
    }
  }
}
