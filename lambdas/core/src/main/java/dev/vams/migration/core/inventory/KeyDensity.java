package dev.vams.migration.core.inventory;

import dev.vams.migration.core.store.KeyOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How densely keys lie at one place of a bucket: so many lie evenly between two of them.
 *
 * @param first the first key
 * @param last the last key
 * @param keys how many keys lie behind the first one, through the last one; more than 0
 */
record KeyDensity(String first, String last, double keys) {

  /** Fewer keys say little of those behind them. */
  private static final int FEWEST_KEYS = 64;

  /** So many keys of a page are looked at. */
  private static final int POINTS = 64;

  /**
   * Keys do not lie evenly if this few steps from point to point are most of the way: they are
   * steps from one folder to the next.
   */
  private static final int LARGEST_STEPS = 2;

  private static final double MOST_OF_THE_WAY = 2.0 / 3;

  /** Where that many times the keys wanted have one prefix, the end of that prefix is looked at. */
  private static final int TIMES_WANTED = 4;

  /**
   * The longest key (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
   * objects</a>), in bytes of UTF-8.
   */
  private static final int LONGEST_KEY = 1_024;

  /**
   * A string that is not smaller than the last key.
   *
   * @param string legal as a key
   * @param level how many characters the keys up to it have in common
   * @param keys how many keys are expected behind the last key, through the string
   */
  record Ahead(String string, int level, double keys, boolean isBorder) {

    /** The last key itself. */
    static Ahead at(String last) {
      return new Ahead(last, 0, 0, false);
    }
  }

  /**
   * The density at the end of a page: that of its last keys which lie evenly, such as those of the
   * last folder. Empty if these are too few.
   */
  static Optional<KeyDensity> of(List<String> page, KeySpace space) {
    int from = 0;
    while (page.size() - from >= FEWEST_KEYS) {
      int even = startOfEven(page, from, space);
      if (even == from) {
        int last = page.size() - 1;
        return Optional.of(new KeyDensity(page.get(from), page.get(last), last - from));
      }
      from = even;
    }
    return Optional.empty();
  }

  private static int startOfEven(List<String> page, int from, KeySpace space) {
    String first = page.get(from);
    String last = page.get(page.size() - 1);
    KeySpace.Scale scale = space.scale(last, KeySpace.commonPrefix(first, last));
    double[] steps = new double[POINTS - 1];
    double before = scale.of(first);
    for (int i = 0; i < steps.length; i++) {
      double number = scale.of(page.get(point(page, from, i + 1)));
      steps[i] = number - before;
      before = number;
    }
    double[] ascending = steps.clone();
    Arrays.sort(ascending);
    double large = Arrays.stream(steps).sum() * MOST_OF_THE_WAY;
    double largest = 0;
    for (int i = 1; i <= LARGEST_STEPS; i++) {
      largest += ascending[ascending.length - i];
    }
    if (largest < large) {
      return from;
    }
    int start = 1;
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] >= large / LARGEST_STEPS) {
        start = i + 1;
      }
    }
    return point(page, from, start);
  }

  private static int point(List<String> page, int from, int number) {
    return from + (page.size() - 1 - from) * number / (POINTS - 1);
  }

  /**
   * A string that has about so many keys between the last key and itself. It is nearer where keys
   * may come that nothing is known of: behind the last character that was seen at a place, or
   * between two.
   */
  Ahead ahead(double wanted, KeySpace space) {
    int level = KeySpace.commonPrefix(first, last);
    while (true) {
      KeySpace.Scale scale = space.scale(last, level);
      double end = scale.of(last);
      double step = (end - scale.of(first)) / keys;
      double number = end + step * wanted;
      if (number < 1) {
        return within(scale, level, wanted);
      }
      if (level == 0 || 1 / step > TIMES_WANTED * wanted || !space.isKnown(last, level - 1)) {
        return checked(new Ahead(scale.end(), level, (1 - end) / step, true));
      }
      level--;
    }
  }

  private Ahead within(KeySpace.Scale scale, int level, double wanted) {
    double end = scale.of(last);
    double step = (end - scale.of(first)) / keys;
    String string = scale.at(end + step * wanted, step * wanted / POINTS);
    int common = KeySpace.commonPrefix(string, last);
    if (common < last.codePointCount(0, last.length())) {
      String border = KeySpace.behindPrefix(last, common + 1);
      String begin = last.substring(0, last.offsetByCodePoints(0, common + 1));
      boolean skipsCharacters =
          KeyOrder.UTF_8.compare(border, string) < 0 && !string.startsWith(border);
      if (skipsCharacters && (scale.of(border) - scale.of(begin)) / step >= wanted / 2) {
        return checked(new Ahead(border, level, (scale.of(border) - end) / step, true));
      }
    }
    return checked(new Ahead(string, level, wanted, false));
  }

  private Ahead checked(Ahead ahead) {
    boolean isLegal =
        KeyOrder.UTF_8.compare(last, ahead.string()) < 0
            && ahead.string().getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    return isLegal ? ahead : Ahead.at(last);
  }

  /**
   * About how many keys lie between the last key and a greater string.
   *
   * @param string empty for the end of the bucket
   */
  double until(String string, KeySpace space) {
    int level = Math.min(KeySpace.commonPrefix(first, last), KeySpace.commonPrefix(last, string));
    KeySpace.Scale scale = space.scale(last, level);
    double end = scale.of(last);
    double step = (end - scale.of(first)) / keys;
    return ((string.isEmpty() ? 1 : scale.of(string)) - end) / step;
  }

  /**
   * Whether the first key behind a string is about as near to it as was to be expected. If not, the
   * keys ended somewhere before the string.
   */
  boolean reaches(Ahead ahead, String key, KeySpace space) {
    KeySpace.Scale scale = space.scale(last, ahead.level());
    double reached = scale.of(ahead.string());
    return scale.of(key) - reached <= (reached - scale.of(last)) / 3;
  }
}
