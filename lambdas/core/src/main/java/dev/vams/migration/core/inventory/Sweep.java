package dev.vams.migration.core.inventory;

import dev.vams.migration.core.store.KeyOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A part of a bucket that is swept from its first key to its last one, in steps. Of the page that
 * was listed last it keeps the first and the last key. Not safe for use by several threads.
 */
final class Sweep {

  /** So many steps say how fast a sweep gets on. */
  private static final int REMEMBERED_STEPS = 8;

  /** Fewer steps say little. */
  private static final int FEWEST_STEPS = 5;

  /** After so many failed splits, all keys that are left are in one place. */
  private static final int MOST_FAILED_SPLITS = 8;

  private final KeySpace space;
  private final Deque<Step> steps = new ArrayDeque<>();
  private String after = "";
  private String through;
  private Page page = Page.NONE;
  private boolean isShort;
  private int failedSplits;

  /**
   * A page of keys.
   *
   * @param first its first key
   * @param last its last key
   * @param keys how many keys it has
   * @param isLast whether no key follows that belongs to the sweep
   * @param density how densely its last keys lie
   */
  record Page(String first, String last, int keys, boolean isLast, Optional<KeyDensity> density) {
    static final Page NONE = new Page("", "", 0, true, Optional.empty());

    /** Whether the keys lie unevenly, as where a folder ends and the next one begins. */
    boolean hasBorder() {
      return !isLast && !density.map(even -> even.first().equals(first)).orElse(false);
    }
  }

  /** A step that was made: where it began, and about how many keys it passed. */
  private record Step(String first, double keys) {}

  /**
   * @param through the last string that may belong to it; empty if the sweep is open
   */
  Sweep(KeySpace space, String through) {
    this.space = space;
    this.through = through;
  }

  String after() {
    return after;
  }

  String through() {
    return through;
  }

  Page page() {
    return page;
  }

  /** Whether the last step ended in other keys than it began in. */
  boolean isShort() {
    return isShort;
  }

  void endAt(String string) {
    through = string;
  }

  /** Goes on behind a string, with the keys that were listed there. */
  void arrive(String string, List<String> listed, boolean isLast) {
    List<String> keys = listed.stream().takeWhile(this::belongs).toList();
    after = string;
    boolean whole = isLast || keys.size() < listed.size();
    page =
        keys.isEmpty()
            ? Page.NONE
            : new Page(
                keys.get(0),
                keys.get(keys.size() - 1),
                keys.size(),
                whole,
                whole ? Optional.empty() : KeyDensity.of(keys, space));
  }

  /** Remembers a step, after which the sweep has arrived where it is now. */
  void remember(Page from, double keys, boolean wasShort) {
    isShort = wasShort;
    steps.add(new Step(from.first(), keys));
    if (steps.size() > REMEMBERED_STEPS) {
      steps.remove();
    }
  }

  private boolean belongs(String key) {
    return through.isEmpty() || KeyOrder.UTF_8.compare(key, through) <= 0;
  }

  /** Whether a string is beyond the end. */
  boolean endsBefore(String string) {
    return !through.isEmpty() && KeyOrder.UTF_8.compare(string, through) >= 0;
  }

  /**
   * How densely the keys of the last steps lie, over all borders that they passed: of those since
   * the last step that went far with few keys, such as from one top-level folder to the next.
   */
  Optional<KeyDensity> densityOfSteps() {
    List<Step> even = List.copyOf(steps);
    while (even.size() >= FEWEST_STEPS) {
      String first = even.get(0).first();
      double keys = even.stream().mapToDouble(Step::keys).sum();
      KeySpace.Scale scale = space.scale(page.last(), KeySpace.commonPrefix(first, page.last()));
      double way = scale.of(page.first()) - scale.of(first);
      int start = 0;
      for (int i = 0; i < even.size(); i++) {
        String next = i + 1 < even.size() ? even.get(i + 1).first() : page.first();
        double far = (scale.of(next) - scale.of(even.get(i).first())) / way;
        if (far - even.get(i).keys() / keys > 0.5) {
          start = i + 1;
        }
      }
      if (start == 0) {
        return Optional.of(new KeyDensity(first, page.last(), keys + page.keys()));
      }
      even = even.subList(start, even.size());
    }
    return Optional.empty();
  }

  /**
   * Where to split what is left. First in the middle; after a split that found nothing, behind a
   * prefix whose length is between that of all keys left and that of the page's, so that a few
   * splits find the prefix in which a crowd of keys is.
   *
   * @return empty if it is not worth while, or already known to be in vain
   */
  Optional<String> splitPoint() {
    if (steps.size() < REMEMBERED_STEPS || failedSplits >= MOST_FAILED_SPLITS) {
      return Optional.empty();
    }
    int shortest = KeySpace.commonPrefix(page.last(), through);
    int longest = KeySpace.commonPrefix(page.first(), page.last());
    KeySpace.Scale scale = space.scale(page.last(), shortest);
    double now = scale.of(page.last());
    double left = (through.isEmpty() ? 1 : scale.of(through)) - now;
    if (left <= now - scale.of(steps.getFirst().first())) {
      return Optional.empty();
    }
    String split =
        failedSplits == 0 || longest <= shortest + 1
            ? scale.at(now + left / 2, left / 64)
            : KeySpace.behindPrefix(page.last(), (shortest + longest + 1) / 2);
    return Optional.of(split);
  }

  void splitFound(boolean keys) {
    failedSplits = keys ? 0 : failedSplits + 1;
  }
}
