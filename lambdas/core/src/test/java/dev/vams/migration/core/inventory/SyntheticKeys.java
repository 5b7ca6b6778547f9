package dev.vams.migration.core.inventory;

import dev.vams.migration.core.store.KeyOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Millions of keys in ascending order that need little memory: a key is made from its number when
 * it is asked for.
 *
 * @param name what keys these are
 * @param size how many
 * @param key the key of a number, from 0
 */
record SyntheticKeys(String name, int size, IntFunction<String> key) {

  /** So many UUIDs are made together, all in the same part of what UUIDs there are. */
  private static final int BLOCK = 256;

  private static final int UUID_BITS = 60;

  /** Makes the names of so many things, in ascending order. */
  @FunctionalInterface
  interface Names {

    /**
     * One name.
     *
     * @param number from 0 to size - 1
     */
    String name(int number, int size);
  }

  @Override
  public String toString() {
    return name;
  }

  String get(int number) {
    return key.apply(number);
  }

  /** How many keys are not greater than a string. */
  int rank(String string) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (KeyOrder.UTF_8.compare(get(middle), string) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  SyntheticKeys named(String other) {
    return new SyntheticKeys(other, size, key);
  }

  SyntheticKeys behind(String prefix) {
    return new SyntheticKeys(name, size, number -> prefix + get(number));
  }

  /** Keys that were made before. */
  static SyntheticKeys of(NavigableSet<String> keys) {
    List<String> list = List.copyOf(keys);
    return new SyntheticKeys(list.size() + " keys", list.size(), list::get);
  }

  static SyntheticKeys of(int size, Names names) {
    return new SyntheticKeys("", size, number -> names.name(number, size));
  }

  /** All keys of one set, then all keys of the next. */
  static SyntheticKeys sequence(SyntheticKeys... sets) {
    int[] ends = new int[sets.length];
    int size = 0;
    for (int i = 0; i < sets.length; i++) {
      size += sets[i].size();
      ends[i] = size;
    }
    return new SyntheticKeys(
        "",
        size,
        number -> {
          int set = find(ends, number);
          return sets[set].get(number - start(ends, set));
        });
  }

  /**
   * Keys in folders.
   *
   * @param weights the folders' sizes, as parts of their sum
   * @param folders the folders' names, with what separates them from the names of their files
   */
  static SyntheticKeys folders(int size, double[] weights, Names folders, Names files) {
    int[] ends = ends(weights, size);
    return new SyntheticKeys(
        "",
        size,
        number -> {
          int folder = find(ends, number);
          int start = start(ends, folder);
          return folders.name(folder, weights.length)
              + files.name(number - start, ends[folder] - start);
        });
  }

  /** The layout of VAMS: an asset's id is {@code x} and a UUID. */
  static SyntheticKeys vams(int size, int mostFiles, long seed) {
    int assets = Math.max(1, 2 * size / (mostFiles + 1));
    double[] files = new Random(seed).ints(assets, 1, mostFiles + 1).asDoubleStream().toArray();
    Names ids = uuids(seed);
    return folders(
        size,
        files,
        (asset, all) -> "x" + ids.name(asset, all),
        (file, all) -> "/scans/part-" + digits(file, 8) + ".e57");
  }

  /** A folder for each name, whose files are numbered photos; the n-th largest has 1/n files. */
  static SyntheticKeys heavyTailed(int size, List<String> names, long seed) {
    List<Double> weights =
        IntStream.rangeClosed(1, names.size())
            .mapToObj(n -> 1.0 / n)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(weights, new Random(seed));
    return folders(
        size,
        weights.stream().mapToDouble(weight -> weight).toArray(),
        (folder, all) -> names.get(folder),
        (file, all) -> "/" + digits(file / 100_000, 2) + "/IMG_" + digits(file, 7) + ".tif");
  }

  /** Names as people choose them, in ascending order, of characters from a first one on. */
  static List<String> words(int count, int firstCharacter, int characters, long seed) {
    Random random = new Random(seed);
    NavigableSet<String> words = new TreeSet<>(KeyOrder.UTF_8);
    while (words.size() < count) {
      StringBuilder word = new StringBuilder();
      int length = 3 + random.nextInt(10);
      for (int i = 0; i < length; i++) {
        int character = (int) Math.abs(random.nextGaussian() * characters / 3);
        word.appendCodePoint(firstCharacter + Math.min(characters - 1, character));
      }
      words.add(word + "-" + digits(random.nextInt(10_000), 4));
    }
    return List.copyOf(words);
  }

  /**
   * Times over five years, with more and more of them, and most of each day's in a third of it,
   * such as {@code 2023/07/24/13-05-59.123456}.
   */
  static String time(int number, int size) {
    double days = Math.sqrt((number + 0.5) / size) * 5 * 365;
    int day = (int) days;
    double part = days - day;
    double hours =
        part < 0.1 ? part * 80 : part < 0.9 ? 8 + (part - 0.1) * 10 : 16 + (part - 0.9) * 80;
    int seconds = (int) (hours * 3600);
    return 2019
        + day / 365
        + "/"
        + digits(day % 365 / 31 + 1, 2)
        + "/"
        + digits(day % 365 % 31 + 1, 2)
        + "/"
        + digits(seconds / 3600, 2)
        + "-"
        + digits(seconds / 60 % 60, 2)
        + "-"
        + digits(seconds % 60, 2)
        + "."
        + digits((int) ((hours * 3600 - seconds) * 1e6), 6)
        + "-"
        + digits(number % 1_000, 3);
  }

  /** Random UUIDs. */
  static Names uuids(long seed) {
    long[] lastBlock = {-1};
    long[][] parts = {{}};
    return (number, size) -> {
      int block = number / BLOCK;
      if (lastBlock[0] != block) {
        lastBlock[0] = block;
        parts[0] =
            new SplittableRandom(seed * 1_000_003 + block)
                .longs(BLOCK, 0, 1L << 52)
                .sorted()
                .toArray();
      }
      long part = parts[0][number % BLOCK];
      int blocks = (size + BLOCK - 1) / BLOCK;
      double place = (block + part / (double) (1L << 52)) / blocks;
      return uuid((long) (place * (1L << UUID_BITS)), (part + number) * 0x9E3779B97F4A7C15L);
    };
  }

  private static String uuid(long high, long low) {
    char[] text = "00000000-0000-4000-8000-000000000000".toCharArray();
    long rest = high;
    for (int i = 17; i >= 0; i--) {
      if (text[i] == '0') {
        text[i] = Character.forDigit((int) (rest & 15), 16);
        rest >>>= 4;
      }
    }
    rest = low;
    for (int i = 20; i < text.length; i++) {
      if (text[i] == '0') {
        text[i] = Character.forDigit((int) (rest & 15), 16);
        rest >>>= 4;
      }
    }
    return new String(text);
  }

  static String digits(int number, int length) {
    char[] text = new char[length];
    int rest = number;
    for (int i = length - 1; i >= 0; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    return new String(text);
  }

  /** Where the keys of each folder end. */
  private static int[] ends(double[] weights, int size) {
    double total = Arrays.stream(weights).sum();
    int[] ends = new int[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      ends[i] = (int) Math.round(size * sum / total);
    }
    ends[weights.length - 1] = size;
    return ends;
  }

  private static int start(int[] ends, int folder) {
    return folder == 0 ? 0 : ends[folder - 1];
  }

  private static int find(int[] ends, int number) {
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
