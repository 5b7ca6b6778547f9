package dev.vams.migration.core.inventory;

import static dev.vams.migration.core.inventory.SyntheticKeys.digits;
import static dev.vams.migration.core.inventory.SyntheticKeys.heavyTailed;
import static dev.vams.migration.core.inventory.SyntheticKeys.sequence;
import static dev.vams.migration.core.inventory.SyntheticKeys.uuids;
import static dev.vams.migration.core.inventory.SyntheticKeys.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.inventory.KeyRangePartitioner.Limits;
import dev.vams.migration.core.inventory.KeyRangePartitioner.Partition;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.store.InMemoryObjectStore;
import dev.vams.migration.core.store.KeyOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRangePartitionerTest {
  private static final int SIZE = 10_000_000;

  /** Small enough to leap in a bucket of thousands of keys. */
  private static final Limits EAGER = new Limits(400, 2_000, 500, 200);

  /** The rows of the table in docs/decisions/0023-key-range-partitioning.md. */
  private static final List<String> TABLE =
      new ArrayList<>(
          List.of("| Keys | Calls | Ranges | Largest / mean |", "| --- | --- | --- | --- |"));

  static Stream<SyntheticKeys> tenMillionKeys() {
    List<String> thousand = words(1_000, 'a', 26, 3);
    SyntheticKeys small = heavyTailed(SIZE / 200, words(3_000, 'a', 26, 9), 9);
    int giant = SIZE - 2 * small.size();
    double[] files = new double[10_000];
    Arrays.fill(files, 10);
    files[7_777] = SIZE - 99_990;
    return Stream.of(
        SyntheticKeys.of(SIZE, uuids(1)).named("uuid keys"),
        SyntheticKeys.vams(SIZE, 19, 2).named("VAMS layout, 1 to 19 files an asset"),
        SyntheticKeys.of(SIZE, (number, size) -> "frames/frame-" + digits(number, 10) + ".jpg")
            .named("one flat prefix with a counter"),
        heavyTailed(SIZE, thousand, 3).named("heavy-tailed: 1,000 folders, the n-th has 1/n"),
        heavyTailed(SIZE, words(1_000, 'a', 26, 4), 4).named("heavy-tailed, other folders"),
        heavyTailed(SIZE, words(100, 'a', 26, 5), 5).named("heavy-tailed: 100 folders"),
        SyntheticKeys.vams(SIZE, 199, 6).named("VAMS layout, 1 to 199 files"),
        SyntheticKeys.vams(SIZE, 1_999, 7).named("VAMS layout, 1 to 1,999 files"),
        sequence(
                SyntheticKeys.vams(SIZE / 10, 19, 8).behind("pipelines/potree/job/output/"),
                SyntheticKeys.vams(SIZE / 10, 1, 8).behind("previews/"),
                SyntheticKeys.vams(SIZE * 8 / 10, 59, 8))
            .named("VAMS layout with previews and pipelines"),
        SyntheticKeys.folders(
                SIZE,
                files,
                (asset, all) -> "x" + digits(asset, 8) + "/",
                (file, all) -> digits(file, 8))
            .named("one asset with 99 % of the keys"),
        sequence(
                small.behind("a-"),
                SyntheticKeys.of(giant, uuids(10)).behind("giant/"),
                small.behind("h-"))
            .named("giant prefix, uuid keys"),
        sequence(
                small.behind("a-"),
                SyntheticKeys.of(giant, SyntheticKeys::time).behind("giant/"),
                small.behind("h-"))
            .named("giant prefix, timestamps"),
        tree(100, 100_000).named("deep tree, 100 in 100 in 100 folders"),
        SyntheticKeys.of(SIZE, uuids(11))
            .behind("p".repeat(200) + "/")
            .named("200 characters in common"),
        sequence(
                SyntheticKeys.of(1_000, uuids(12)).behind("a"),
                SyntheticKeys.of(SIZE - 2_000, uuids(13)).behind("\ud83d\ude80"),
                SyntheticKeys.of(1_000, uuids(14)).behind("\ud83d\ude81"))
            .named("nearly all behind one rare character"),
        heavyTailed(SIZE, words(500, 0x4e00, 5_000, 15), 15).named("heavy-tailed, Chinese names"),
        heavyTailed(SIZE, words(500, 0x1f600, 80, 16), 16).named("heavy-tailed, emoji"),
        sequence(
                SyntheticKeys.of(SIZE / 4, uuids(17)).behind("a/"),
                SyntheticKeys.of(SIZE / 4, (number, size) -> "frames/" + digits(number, 10)),
                heavyTailed(SIZE / 4, words(300, 'a', 26, 18), 18).behind("h/"),
                SyntheticKeys.vams(SIZE / 4, 19, 19).behind("v/"))
            .named("a quarter each of four kinds"));
  }

  /** A tree three folders deep whose numbers go up to 99, but for those of the last level. */
  private static SyntheticKeys tree(int foldersOfLastLevel, int keysOfFirstLevel) {
    int keysOfSecondLevel = keysOfFirstLevel / 100;
    int keysOfLastLevel = keysOfSecondLevel / foldersOfLastLevel;
    return SyntheticKeys.of(
        SIZE,
        (number, size) ->
            "level"
                + digits(number / keysOfFirstLevel, 2)
                + "/sub"
                + digits(number / keysOfSecondLevel % 100, 2)
                + "/dir"
                + digits(number / keysOfLastLevel % foldersOfLastLevel, 2)
                + "/e/f/g/file"
                + digits(number % keysOfLastLevel, 2));
  }

  static Stream<SyntheticKeys> beyondWhatIsPromised() {
    List<String> words = words(48, 'a', 26, 21);
    double[] equal = new double[20_736];
    Arrays.fill(equal, 1);
    return Stream.of(
        heavyTailed(SIZE, words(10_000, 'a', 26, 22), 22).named("heavy-tailed: 10,000 folders"),
        SyntheticKeys.folders(
                SIZE,
                equal,
                (folder, all) ->
                    String.join(
                        "/",
                        words.get(folder / 1_728),
                        words.get(12 + folder / 144 % 12),
                        words.get(24 + folder / 12 % 12),
                        words.get(36 + folder % 12)),
                (file, all) -> "/" + digits(file, 5))
            .named("20,736 folders of 482 keys in a tree of words"),
        tree(10, 100_000).named("10,000 folders of 1,000 keys in a tree of two-digit numbers"));
  }

  @ParameterizedTest
  @MethodSource("beyondWhatIsPromised")
  void otherBucketsAreSweptToTheirEndToo(SyntheticKeys keys) {
    SyntheticLister lister = new SyntheticLister(keys);

    Partition partition = partition(lister, UnitCutter.BUCKET_LIMITS);

    assertThat(addToTable(keys, lister, partition)).isLessThan(40);
    assertThat(partition.isSwept()).isTrue();
    assertThat(lister.calls()).isLessThanOrEqualTo(2_000);
  }

  @ParameterizedTest
  @MethodSource("tenMillionKeys")
  void rangesOfTenMillionKeysAreAboutEqual(SyntheticKeys keys) {
    SyntheticLister lister = new SyntheticLister(keys);

    Partition partition = partition(lister, UnitCutter.BUCKET_LIMITS);

    assertThat(addToTable(keys, lister, partition)).isLessThanOrEqualTo(3);
    assertThat(partition.isSwept()).isTrue();
    assertThat(lister.calls()).isLessThanOrEqualTo(2_000);
    assertThat(partition.boundaries()).hasSizeBetween(200, 300);
    assertThat(partition.keys()).isBetween(SIZE / 2L, SIZE * 2L);
  }

  /** How many times the mean the largest range has. */
  private static double addToTable(
      SyntheticKeys keys, SyntheticLister lister, Partition partition) {
    List<Integer> sizes = sizes(keys, partition);
    double largest = 1.0 * Collections.max(sizes) * sizes.size() / SIZE;
    TABLE.add(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %d | %.2f |",
            keys.name(),
            lister.calls(),
            sizes.size(),
            largest));
    return largest;
  }

  @AfterAll
  static void writeTable() throws IOException {
    Files.write(Path.of("target", "key-range-partitioning.md"), TABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 20_500, 63_999})
  void aSmallBucketIsListedOnceAndCutEverySecondPage(int size) {
    SyntheticKeys keys = SyntheticKeys.of(size, uuids(20));
    SyntheticLister lister = new SyntheticLister(keys);

    Partition partition = partition(lister, UnitCutter.BUCKET_LIMITS);

    assertThat(lister.calls()).isEqualTo(Math.max(1, (size + 999) / 1_000));
    assertThat(partition.keys()).isEqualTo(size);
    assertThat(partition.isSwept()).isTrue();
    assertThat(partition.boundaries())
        .isEqualTo(
            Stream.iterate(2_000, end -> end < size, end -> end + 2_000)
                .map(end -> keys.get(end - 1))
                .toList());
  }

  @Property(tries = 15)
  void everyKeyIsInOneRangeAndBoundariesAreKeysOrPlain(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20_000) int size) {
    SyntheticKeys keys = oddKeys(seed, size);

    Partition partition = partition(new SyntheticLister(keys), EAGER);

    assertThat(partition.boundaries()).doesNotContain("").isSortedAccordingTo(KeyOrder.UTF_8);
    assertThat(partition.boundaries()).doesNotHaveDuplicates();
    assertThat(sizes(keys, partition).stream().mapToInt(count -> count).sum())
        .isEqualTo(keys.size());
    for (String boundary : partition.boundaries()) {
      assertThat(new String(boundary.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(boundary);
      assertThat(boundary.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_024);
      boolean isKey = boundary.equals(keys.get(Math.max(0, keys.rank(boundary) - 1)));
      assertThat(isKey || isPlain(boundary.codePointBefore(boundary.length())))
          .as(boundary)
          .isTrue();
    }
  }

  @Property(tries = 15)
  void boundariesOfAPartOfABucketAreInsideIt(
      @ForAll long seed,
      @ForAll @IntRange(min = 1_000, max = 20_000) int size,
      @ForAll @IntRange(max = 499) int begin,
      @ForAll @IntRange(max = 499) int left) {
    SyntheticKeys keys = oddKeys(seed, size);
    String after = keys.get(begin);
    String through = keys.get(keys.size() - 1 - left);

    List<String> boundaries =
        new KeyRangePartitioner(new SyntheticLister(keys), EAGER, () -> false)
            .partition(after, through)
            .boundaries();

    List<String> all = new ArrayList<>(List.of(after));
    all.addAll(boundaries);
    all.add(through);
    assertThat(all).isSortedAccordingTo(KeyOrder.UTF_8).doesNotHaveDuplicates();
  }

  private static boolean isPlain(int character) {
    return !Character.isISOControl(character) && (character & 0xFFFE) != 0xFFFE;
  }

  @Test
  void theSameBucketIsAlwaysCutInTheSameWay() {
    List<String> once = partition(new SyntheticLister(oddKeys(1, 20_000)), EAGER).boundaries();
    InMemoryObjectStore store = new InMemoryObjectStore(new ManualClock());
    store.createBucket("bucket");
    SyntheticKeys keys = oddKeys(1, 20_000);
    for (int i = 0; i < keys.size(); i++) {
      store.put("bucket", keys.get(i), "");
    }

    assertThat(
            new KeyRangePartitioner(
                    (after, limit) -> store.list("bucket", "", after, limit), EAGER, () -> false)
                .partition()
                .boundaries())
        .isEqualTo(once)
        .isNotEmpty();
  }

  @Test
  void manyCallsAreInFlightAtOnceAndNotTooMany() {
    AtomicInteger waiting = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    SyntheticKeys keys = SyntheticKeys.of(1_000_000, uuids(21));
    InMemoryObjectStore store =
        new InMemoryObjectStore(
            new ManualClock(),
            task -> {
              most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
              thread.execute(
                  () -> {
                    waiting.decrementAndGet();
                    task.run();
                  });
            },
            KeyOrder.UTF_8);
    store.createBucket("bucket");
    for (int i = 0; i < 150_000; i++) {
      store.put("bucket", keys.get(i), "");
    }

    new KeyRangePartitioner(
            (after, limit) -> store.list("bucket", "", after, limit),
            UnitCutter.BUCKET_LIMITS,
            () -> false)
        .partition();
    thread.shutdown();

    assertThat(most.get()).isBetween(4, 16);
  }

  @Test
  void whatIsLeftWhenTheCallsAreUsedUpIsOneRangeForEachSweep() {
    SyntheticKeys keys = SyntheticKeys.of(SIZE, uuids(22));
    SyntheticLister lister = new SyntheticLister(keys);

    Partition partition = partition(lister, new Limits(50, 10_000, 2_000, 256));

    assertThat(lister.calls()).isEqualTo(50);
    assertThat(partition.isSwept()).isFalse();
    assertThat(partition.keys()).isLessThan(SIZE);
    assertThat(sizes(keys, partition).stream().mapToInt(count -> count).sum()).isEqualTo(SIZE);
  }

  @Test
  void whatIsLeftWhenTheTimeIsUpIsOneRange() {
    SyntheticKeys keys = SyntheticKeys.of(SIZE, uuids(23));
    SyntheticLister lister = new SyntheticLister(keys);

    Partition partition =
        new KeyRangePartitioner(lister, UnitCutter.BUCKET_LIMITS, () -> lister.calls() >= 9)
            .partition();

    assertThat(lister.calls()).isEqualTo(9);
    assertThat(partition.isSwept()).isFalse();
    assertThat(partition.keys()).isEqualTo(9_000);
    assertThat(partition.boundaries())
        .containsExactly(keys.get(1_999), keys.get(3_999), keys.get(5_999), keys.get(7_999));
  }

  private static Partition partition(SyntheticLister lister, Limits limits) {
    return new KeyRangePartitioner(lister, limits, () -> false).partition();
  }

  /** How many keys each range has. */
  private static List<Integer> sizes(SyntheticKeys keys, Partition partition) {
    List<Integer> sizes = new ArrayList<>();
    int begin = 0;
    for (String boundary : partition.boundaries()) {
      int end = keys.rank(boundary);
      sizes.add(end - begin);
      begin = end;
    }
    sizes.add(keys.size() - begin);
    return sizes;
  }

  /** Keys of folders with names of odd characters, some of them as long as a key may be. */
  private static SyntheticKeys oddKeys(long seed, int size) {
    String[] characters = {
      "a",
      "b",
      "z",
      "0",
      "9",
      "/",
      "/",
      " ",
      "+",
      "%",
      "\u0001",
      "\n",
      "\u007f",
      "\u00e9",
      "\u6f22",
      "\ufffd",
      "\uffff",
      "\ud83d\ude80",
      "\udbff\udfff",
      "~"
    };
    Random random = new Random(seed);
    List<String> folders = new ArrayList<>(List.of("", "l".repeat(1_000)));
    NavigableSet<String> keys = new TreeSet<>(KeyOrder.UTF_8);
    while (keys.size() < size) {
      StringBuilder key = new StringBuilder(folders.get(random.nextInt(folders.size())));
      if (random.nextInt(200) == 0 && key.length() < 50) {
        folders.add(key + characters[random.nextInt(characters.length)]);
      }
      int length = 1 + random.nextInt(6);
      for (int i = 0; i < length; i++) {
        key.append(characters[random.nextInt(characters.length)]);
      }
      keys.add(key.toString());
    }
    return SyntheticKeys.of(keys);
  }
}
