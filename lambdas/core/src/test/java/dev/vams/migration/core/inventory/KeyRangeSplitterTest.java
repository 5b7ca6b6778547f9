package dev.vams.migration.core.inventory;

import static dev.vams.migration.core.inventory.SyntheticKeys.uuids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.Unit.KeyRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRangeSplitterTest {
  private static final KeyRange OPEN = new KeyRange("bucket-00-a-0002", "assets", "", "", "");
  private static final int SIZE = 10_000_000;

  /** What a plan knows of a bucket of 128,000 keys that has grown since. */
  private static final Estimate SMALL = new Estimate(128_000, true);

  /** The rows of the table in docs/decisions/0028-splitting-what-is-left.md. */
  private static final List<String> TABLE =
      new ArrayList<>(
          List.of("| Keys | Calls | Shares | Largest / mean |", "| --- | --- | --- | --- |"));

  private SyntheticLister lister;

  static Stream<SyntheticKeys> tenMillionKeys() {
    return Stream.concat(
        KeyRangePartitionerTest.tenMillionKeys(), KeyRangePartitionerTest.beyondWhatIsPromised());
  }

  @ParameterizedTest
  @MethodSource("tenMillionKeys")
  void sharesOfEightMillionKeysInTheMiddleAreAboutEqual(SyntheticKeys keys) {
    int begin = 1_000_000;
    int end = 9_000_000;
    KeyRange range = new KeyRange("unit-0", "assets", "", "", keys.get(end - 1));

    List<KeyRange> shares = split(keys, range, keys.get(begin - 1), SMALL);

    assertCovers(shares, range, keys.get(begin - 1));
    List<Integer> sizes = sizes(keys, shares);
    double largest = 1.0 * Collections.max(sizes) * sizes.size() / (end - begin);
    TABLE.add(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %d | %.2f |",
            keys.name(),
            lister.calls(),
            sizes.size(),
            largest));
    assertThat(shares).hasSize(16);
    assertThat(lister.calls()).isLessThanOrEqualTo(1_000);
    assertThat(largest).isLessThanOrEqualTo(4);
  }

  @AfterAll
  static void writeTable() throws IOException {
    Files.write(Path.of("target", "key-range-splitting.md"), TABLE);
  }

  @Test
  void whatWasListedIsSharedEvenly() {
    SyntheticKeys keys = SyntheticKeys.of(50_000, uuids(1));

    List<KeyRange> shares = split(keys, OPEN, keys.get(9_999), SMALL);

    assertCovers(shares, OPEN, keys.get(9_999));
    assertThat(sizes(keys, shares)).hasSize(16).allMatch(size -> size == 2_000 || size == 4_000);
    assertThat(lister.calls()).isEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource({
    // Keys left, keys of the bucket as planned, how many shares.
    "0, 0, 0",
    "6000, 0, 0",
    "6001, 0, 4",
    "13000, 128000, 0",
    "14000, 128000, 7",
    "110000, 10000000, 0",
    "120000, 10000000, 14"
  })
  void isSplitWhenMoreThanThreePlannedRangesAreLeft(int left, long planned, int shares) {
    SyntheticKeys keys = SyntheticKeys.of(1_000 + left, uuids(2));

    assertThat(split(keys, OPEN, keys.get(999), new Estimate(planned, false))).hasSize(shares);
  }

  @Test
  void aShareIsCalledByItsUnitAndNumber() {
    SyntheticKeys keys = SyntheticKeys.of(12_000, uuids(3));

    List<KeyRange> shares = split(keys, OPEN, "", Estimate.NONE);

    assertThat(shares)
        .extracting(KeyRange::id)
        .containsExactly(
            "bucket-00-a-0002_01",
            "bucket-00-a-0002_02",
            "bucket-00-a-0002_03",
            "bucket-00-a-0002_04",
            "bucket-00-a-0002_05",
            "bucket-00-a-0002_06");
    assertThat(shares).allMatch(KeyRange::isShare).noneMatch(share -> OPEN.isShare());
    assertThat(
            Stream.of("bucket-00-a-0002/", shares.get(0).id() + "/", "bucket-00-a-0003/").toList())
        .as("files of shares are listed behind those of their unit, and before the next unit's")
        .isSorted();
  }

  @Test
  void whenTheTimeIsUpWhatIsKnownByThenIsShared() {
    SyntheticKeys keys = SyntheticKeys.of(SIZE, uuids(4));
    lister = new SyntheticLister(keys);

    List<KeyRange> shares =
        new KeyRangeSplitter(null, SplitLimits.DEFAULT)
            .split(lister, OPEN, "", Estimate.NONE, () -> lister.calls() >= 9);

    assertCovers(shares, OPEN, "");
    assertThat(sizes(keys, shares)).containsExactly(2_000, 2_000, 2_000, 2_000, SIZE - 8_000);
  }

  private List<KeyRange> split(SyntheticKeys keys, KeyRange range, String after, Estimate planned) {
    lister = new SyntheticLister(keys);
    return new KeyRangeSplitter(null, SplitLimits.DEFAULT)
        .split(lister, range, after, planned, () -> false);
  }

  private static void assertCovers(List<KeyRange> shares, KeyRange range, String after) {
    String begin = after;
    for (KeyRange share : shares) {
      assertThat(share.after()).isEqualTo(begin);
      begin = share.through();
    }
    assertThat(begin).isEqualTo(range.through());
    assertThat(shares).extracting(KeyRange::descriptor).containsOnly(range.descriptor());
  }

  /** How many keys each share has. */
  private static List<Integer> sizes(SyntheticKeys keys, List<KeyRange> shares) {
    return shares.stream()
        .map(
            share ->
                (share.through().isEmpty() ? keys.size() : keys.rank(share.through()))
                    - (share.after().isEmpty() ? 0 : keys.rank(share.after())))
        .toList();
  }
}
