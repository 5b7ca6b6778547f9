package dev.vams.migration.core.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * How many keys the folders of a bucket have on average, by their depth: that of {@code a/b/} is 2.
 * Not safe for use by several threads.
 */
final class FolderSizes {

  /** How many folders of each depth came to an end. */
  private final List<Integer> ended = new ArrayList<>();

  private double keys;

  /** Learns from keys in ascending order. */
  void learn(List<String> page) {
    for (int i = 1; i < page.size(); i++) {
      learn(page.get(i - 1), page.get(i), 1);
    }
  }

  /**
   * Learns from two keys.
   *
   * @param between how many keys lie behind the first one, through the other one
   */
  void learn(String key, String other, double between) {
    keys += between;
    int common = 0;
    int depth = 0;
    int length = Math.min(key.length(), other.length());
    while (common < length && key.charAt(common) == other.charAt(common)) {
      depth += key.charAt(common) == '/' ? 1 : 0;
      common++;
    }
    for (int i = common; i < key.length(); i++) {
      if (key.charAt(i) == '/') {
        depth++;
        while (ended.size() <= depth) {
          ended.add(0);
        }
        ended.set(depth, ended.get(depth) + 1);
      }
    }
  }

  /**
   * The smallest folder that a key is in and that has so many keys, as far as is known.
   *
   * @return with the slash at its end; empty for the whole bucket
   */
  String folderWith(double atLeast, String key) {
    int end = 0;
    int depth = 1;
    for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      int folders = depth < ended.size() ? ended.get(depth) : 0;
      if (keys / (folders + 1) < atLeast) {
        break;
      }
      end = slash + 1;
      depth++;
    }
    return key.substring(0, end);
  }
}
