package dev.vams.migration.core.inventory;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.TableFacts;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitCutterTest {
  private final TwoStacks stacks = new TwoStacks();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1000, 1001, 1999, 2000, 2001, 4000, 4001, 7500})
  void rangesCoverABucketWithoutOverlapAndTheLastOneIsOpen(int objects) {
    fill(objects);

    List<KeyRange> ranges = cut();

    assertThat(ranges.get(0).after()).isEmpty();
    assertThat(ranges.get(ranges.size() - 1).through()).isEmpty();
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).after()).isEqualTo(ranges.get(i - 1).through()).isNotEmpty();
    }
    assertThat(ranges).extracting(Unit::id).doesNotHaveDuplicates();
    assertThat(ranges).hasSize(Math.max(1, (objects + 1999) / 2000));
  }

  @Test
  void aRangeHasAboutTwoThousandKeys() {
    fill(4500);

    assertThat(cut())
        .containsExactly(
            new KeyRange("bucket-07-assets-0000", "assets", "", "", "k01999"),
            new KeyRange("bucket-07-assets-0001", "assets", "", "k01999", "k03999"),
            new KeyRange("bucket-07-assets-0002", "assets", "", "k03999", ""));
  }

  @Test
  void whenTheTimeIsUpTheRestOfABucketIsOneRangeAndTheEstimateSaysSo() {
    fill(4500);

    UnitCutter.CutBucket cut = new UnitCutter(stacks.source()).cut(ASSETS, 7, () -> true);

    assertThat(cut.ranges())
        .containsExactly(new KeyRange("bucket-07-assets-0000", "assets", "", "", ""));
    assertThat(cut.estimate()).isEqualTo(new Estimate(1000, true));
  }

  @Test
  void anIdHasOnlyPlainCharacters() {
    BucketPair pair = new BucketPair("d\u00e9p\u00f4t / 1", ASSETS.from(), ASSETS.to());

    assertThat(new UnitCutter(stacks.source()).cut(pair, 0, () -> false).ranges())
        .extracting(Unit::id)
        .containsExactly("bucket-00-d_p_t___1-0000");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4194303, 1", "4194304, 2", "41943040, 11", "9223372036854775807, 1000"})
  void aTableHasAsManySegmentsAsItsSizeAsksFor(long bytes, int segments) {
    TablePair pair = new TablePair("assetTable", "from", "to", List.of());

    List<Unit> units =
        new UnitCutter(stacks.source())
            .cut(pair, 3, new TableFacts(List.of(), 1, bytes), Ceilings.NONE);

    assertThat(units)
        .containsExactlyElementsOf(
            IntStream.range(0, segments)
                .<Unit>mapToObj(
                    i ->
                        new Segment(
                            "table-03-assetTable-%04d".formatted(i), "assetTable", i, segments))
                .toList());
  }

  private List<KeyRange> cut() {
    return new UnitCutter(stacks.source())
        .cut(ASSETS, 7, () -> false).ranges().stream().map(KeyRange.class::cast).toList();
  }

  private void fill(int objects) {
    for (int i = 0; i < objects; i++) {
      stacks.putSource("k%05d".formatted(i), "");
    }
  }
}
