package dev.vams.migration.core.json;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word was meant by a misspelt one. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * The known word that differs least, if it differs in at most a third of its letters. Upper and
   * lower case count as equal; two swapped neighbours count as one difference. Of equally close
   * words the alphabetically first is taken.
   */
  public static Optional<String> closest(String written, Collection<String> known) {
    String wanted = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted()
        .min(comparingInt(word -> distance(wanted, word.toLowerCase(Locale.ROOT))))
        .filter(
            word ->
                distance(wanted, word.toLowerCase(Locale.ROOT))
                    <= Math.max(written.length(), word.length()) / 3);
  }

  /** Optimal string alignment distance, in three rows instead of a whole matrix. */
  private static int distance(String left, String right) {
    int[] beforePrevious = new int[right.length() + 1];
    int[] previous = new int[right.length() + 1];
    int[] current = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int replaced = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int least =
            Math.min(
                previous[column - 1] + replaced,
                Math.min(previous[column], current[column - 1]) + 1);
        boolean swapped =
            row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        current[column] = swapped ? Math.min(least, beforePrevious[column - 2] + 1) : least;
      }
      int[] reused = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = reused;
    }
    return previous[right.length()];
  }
}
