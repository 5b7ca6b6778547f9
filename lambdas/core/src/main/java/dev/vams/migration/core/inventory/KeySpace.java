package dev.vams.migration.core.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The characters that the keys of one bucket are made of, as far as they were seen. With it, keys
 * become numbers that lie about as evenly as the keys do: hex digits fill their place evenly,
 * although their codes do not.
 *
 * <p>What was seen is kept by place: how many slashes come before, and how many characters since
 * the last one. So what one folder teaches holds for the others of its level. Positions and lengths
 * count characters as code points, whose order is that of UTF-8 bytes. Memory is bounded by how
 * many characters one key may have, and how many there are. Not safe for use by several threads.
 */
final class KeySpace {

  /** A double between 0 and 1 tells no smaller parts apart. */
  private static final double SMALLEST_PART = 1e-16;

  /** One key of so many is learned from: a thousand tell little more than some of them. */
  private static final int LEARNED_OF = 8;

  /** Stands for the end of a key, which comes before every character. */
  private static final int END = -1;

  /** By the number of slashes, then by the number of characters since the last one. */
  private final List<List<Alphabet>> alphabets = new ArrayList<>();

  /** The characters seen at one place, in ascending order. */
  private static final class Alphabet {

    /** After so many sightings for each character, one not seen before is hardly to come. */
    private static final int ENOUGH = 4;

    private static final int[] DIGITS = IntStream.rangeClosed('0', '9').toArray();

    private int[] characters = {};
    private int sightings;

    void see(int character) {
      sightings++;
      if (Arrays.binarySearch(characters, character) < 0) {
        // Where one digit is, the others will be: counters begin with zeros.
        boolean isDigit = character >= '0' && character <= '9';
        characters = isDigit ? union(characters, DIGITS) : union(characters, character);
      }
    }

    private static int[] union(int[] some, int... others) {
      return IntStream.concat(Arrays.stream(some), Arrays.stream(others))
          .sorted()
          .distinct()
          .toArray();
    }

    boolean isKnown() {
      return sightings >= ENOUGH * characters.length;
    }
  }

  /** A place in a key, which moves from character to character. */
  private static final class Place {
    private int slashes;
    private int sinceSlash;

    static Place behind(int[] characters, int length) {
      Place place = new Place();
      for (int i = 0; i < length; i++) {
        place.pass(characters[i]);
      }
      return place;
    }

    void pass(int character) {
      if (character == '/') {
        slashes++;
        sinceSlash = 0;
      } else {
        sinceSlash++;
      }
    }
  }

  /**
   * Learns from keys that exist. Only what tells a key from the one before counts as seen once
   * more.
   *
   * @param before a key before the first one
   * @param keys in ascending order
   */
  void learn(String before, List<String> keys) {
    int[] previous = before.codePoints().toArray();
    for (int number = 0; number < keys.size(); number += LEARNED_OF) {
      String key = keys.get(number);
      int[] characters = key.codePoints().toArray();
      int common = commonPrefix(characters, previous);
      Place place = Place.behind(characters, common);
      for (int i = common; i < characters.length; i++) {
        alphabetToLearn(place).see(characters[i]);
        place.pass(characters[i]);
      }
      alphabetToLearn(place).see(END);
      previous = characters;
    }
  }

  private Alphabet alphabetToLearn(Place place) {
    while (alphabets.size() <= place.slashes) {
      alphabets.add(new ArrayList<>());
    }
    List<Alphabet> level = alphabets.get(place.slashes);
    while (level.size() <= place.sinceSlash) {
      level.add(new Alphabet());
    }
    return level.get(place.sinceSlash);
  }

  private Alphabet alphabet(Place place) {
    if (place.slashes < alphabets.size()
        && place.sinceSlash < alphabets.get(place.slashes).size()) {
      return alphabets.get(place.slashes).get(place.sinceSlash);
    }
    return new Alphabet();
  }

  /** Whether about all characters were seen that keys have at a position of this key. */
  boolean isKnown(String key, int position) {
    return alphabet(Place.behind(key.codePoints().toArray(), position)).isKnown();
  }

  /** The scale of all keys that begin like this one. */
  Scale scale(String key, int prefixLength) {
    return new Scale(Arrays.copyOf(key.codePoints().toArray(), prefixLength));
  }

  /** Numbers from 0 to 1 for the keys with one prefix, in the order of the keys. */
  final class Scale {
    private final int[] prefix;

    private Scale(int[] prefix) {
      this.prefix = prefix;
    }

    /** The number of a string: 0 if it is before all strings with the prefix, 1 if behind them. */
    double of(String string) {
      int[] characters = string.codePoints().toArray();
      int common = commonPrefix(characters, prefix);
      if (common < prefix.length) {
        return common < characters.length && characters[common] > prefix[common] ? 1 : 0;
      }
      Place place = Place.behind(prefix, prefix.length);
      double number = 0;
      double part = 1;
      for (int i = prefix.length; part > SMALLEST_PART; i++) {
        int[] alphabet = alphabet(place).characters;
        if (alphabet.length == 0) {
          break;
        }
        int character = i < characters.length ? characters[i] : END;
        int found = Arrays.binarySearch(alphabet, character);
        part /= alphabet.length;
        number += part * (found >= 0 ? found : -found - 1);
        if (character == END || found < 0) {
          break;
        }
        place.pass(character);
      }
      return number;
    }

    /**
     * A string with about this number, made of the prefix and of {@linkplain #isPlain plain}
     * characters.
     *
     * @param tolerance how far from the number it may be, which keeps it short
     */
    String at(double number, double tolerance) {
      StringBuilder string = new StringBuilder(new String(prefix, 0, prefix.length));
      Place place = Place.behind(prefix, prefix.length);
      double rest = number;
      double part = 1;
      while (part > Math.max(tolerance, SMALLEST_PART)) {
        int[] characters = alphabet(place).characters;
        if (characters.length == 0) {
          break;
        }
        rest *= characters.length;
        part /= characters.length;
        int rank = (int) Math.min(characters.length - 1.0, Math.floor(rest));
        rest -= rank;
        if (!isPlain(characters[rank])) {
          break;
        }
        string.appendCodePoint(characters[rank]);
        place.pass(characters[rank]);
      }
      return string.toString();
    }

    /** A string behind all keys with the prefix, if their next character is one that was seen. */
    String end() {
      int[] characters = alphabet(Place.behind(prefix, prefix.length)).characters;
      return new String(prefix, 0, prefix.length)
          + Character.toString(following(characters[characters.length - 1]));
    }
  }

  /** The smallest string behind all those that begin like this one, or one a little greater. */
  static String behindPrefix(String string, int prefixLength) {
    int[] characters = string.codePoints().toArray();
    return new String(characters, 0, prefixLength - 1)
        + Character.toString(following(characters[prefixLength - 1]));
  }

  /** The next plain character; the last one if there is none. */
  private static int following(int character) {
    int next = character + 1;
    while (next < Character.MAX_CODE_POINT - 2 && !isPlain(next)) {
      next++;
    }
    return Math.min(next, Character.MAX_CODE_POINT - 2);
  }

  /**
   * Whether a character is fit for a boundary: no control character, no half of a surrogate pair,
   * and none of the noncharacters, which XML and some tools refuse (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
   * objects</a>).
   */
  private static boolean isPlain(int character) {
    boolean isNoncharacter =
        (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    boolean isSurrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    return character != END
        && !Character.isISOControl(character)
        && !isNoncharacter
        && !isSurrogate;
  }

  /** How many characters two strings have in common from the first one on. */
  static int commonPrefix(String one, String other) {
    return commonPrefix(one.codePoints().toArray(), other.codePoints().toArray());
  }

  private static int commonPrefix(int[] one, int[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 ? one.length : mismatch;
  }
}
