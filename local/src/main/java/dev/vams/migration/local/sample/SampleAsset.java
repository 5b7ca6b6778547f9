package dev.vams.migration.local.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One made-up asset: what its objects and its items have in common.
 *
 * @param index its number in the stack, from 0
 * @param seed what everything made up about it comes from
 * @param databaseId the database it belongs to
 * @param assetId as the VAMS web app makes it: "x" and a UUID
 * @param name its display name
 * @param files the keys of its files in the asset bucket, the main file first
 */
record SampleAsset(
    int index, long seed, String databaseId, String assetId, String name, List<String> files) {

  /** How many assets a stack of scale 1 has. */
  static final int PER_SCALE = 24;

  private static final int PER_DATABASE = 6;
  private static final int NESTED_FILES = 5;
  private static final List<String> EXTENSIONS =
      List.of("glb", "e57", "las", "ifc", "png", "json", "csv", "usdz");
  private static final List<String> FOLDERS =
      List.of("textures", "scans", "level-1", "level-2", "documents");
  private static final List<String> THINGS =
      List.of("Turbine", "Bridge", "Pump", "Hangar", "Gearbox", "Wing");

  /**
   * Names which break programs that decode, normalise, split or quote keys by hand. Two levels, so
   * that a slash is doubled inside the key too.
   */
  static final List<String> ODD_NAMES =
      List.of(
          "with space.glb",
          " leading and trailing ",
          "plus+sign.glb",
          "100%.csv",
          "percent%20encoded.csv",
          "percent%2Fslash.csv",
          "single'quote.json",
          "double\"quote.json",
          "less<than>and&amp;.xml",
          "question?mark=1&x=2",
          "hash#tag",
          "semi;colon,comma",
          "at@dollar$equals=",
          "star*(brackets)[square]{curly}",
          "back\\slash.txt",
          "pipe|caret^tilde~tick`",
          "double//slash.glb",
          "ünïcödé-è.glb",
          "e\u0301-decomposed.glb",
          "模型/日本語.glb",
          "عربى.pdf",
          "rocket-🚀-👩‍🚀.glb",
          "a:colon:b",
          "no-extension");

  /** The assets of a stack; the same arguments always give the same assets. */
  static Stream<SampleAsset> of(int scale, long seed) {
    return IntStream.range(0, Math.multiplyExact(scale, PER_SCALE))
        .mapToObj(index -> at(index, seed));
  }

  /** The asset with this number, which does not depend on the scale. */
  static SampleAsset at(int index, long stackSeed) {
    Random random = new Random(stackSeed * 1_000_003 + index);
    String databaseId = "database-" + index / PER_DATABASE;
    String assetId = "x" + new UUID(random.nextLong(), random.nextLong());
    String thing = THINGS.get(random.nextInt(THINGS.size()));
    List<String> files = new ArrayList<>();
    files.add(assetId + "/" + thing.toLowerCase(Locale.ROOT) + ".glb");
    for (int file = 0; file < NESTED_FILES; file++) {
      files.add(
          assetId
              + "/"
              + nestedPath(random, file)
              + "."
              + EXTENSIONS.get(random.nextInt(EXTENSIONS.size())));
    }
    files.add(assetId + "/odd/" + ODD_NAMES.get(index % ODD_NAMES.size()));
    return new SampleAsset(
        index, random.nextLong(), databaseId, assetId, thing + " " + index, List.copyOf(files));
  }

  /**
   * A source of numbers that depends on this asset and the purpose alone, never on the order of
   * use.
   */
  Random random(String purpose) {
    return new Random(seed * 31 + purpose.hashCode());
  }

  /** Whether this asset is the first of its database. */
  boolean opensDatabase() {
    return index % PER_DATABASE == 0;
  }

  private static String nestedPath(Random random, int depth) {
    StringBuilder path = new StringBuilder();
    for (int level = 0; level < depth; level++) {
      path.append(FOLDERS.get(random.nextInt(FOLDERS.size()))).append('/');
    }
    return path.append("part-").append(depth).append('-').append(random.nextInt(1_000)).toString();
  }
}
