package dev.vams.migration.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.store.ObjectPart;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PartLayoutTest {
  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;

  /** 48.8 TiB, see {@link PartLayout#MOST_PARTS}. */
  private static final long LARGEST_OBJECT = 10_000 * 5 * GIBIBYTE;

  @Test
  void theLastPartIsWhatIsLeft() {
    PartLayout layout = PartLayout.of(25, 10);

    assertThat(layout.count()).isEqualTo(3);
    assertThat(layout.part(1)).isEqualTo(new ObjectPart(1, 0, 10));
    assertThat(layout.part(3)).isEqualTo(new ObjectPart(3, 20, 5));
    assertThat(layout.part(3).last()).isEqualTo(24);
  }

  @Test
  void theLargestObjectHasTenThousandPartsOfTheLargestSize() {
    PartLayout layout = PartLayout.of(LARGEST_OBJECT, 128 * MEBIBYTE);

    assertThat(layout.count()).isEqualTo(10_000);
    assertThat(layout.part(10_000).size()).isEqualTo(5 * GIBIBYTE);
  }

  @Property
  void thePartsAreTheObjectWithoutGapOrOverlap(
      @ForAll @LongRange(min = 1, max = LARGEST_OBJECT) long size,
      @ForAll @LongRange(min = 5 * MEBIBYTE, max = 5 * GIBIBYTE) long partSize) {
    PartLayout layout = PartLayout.of(size, partSize);

    assertThat(layout.count()).isBetween(1, 10_000);
    assertThat(layout.partSize()).isBetween(partSize, 5 * GIBIBYTE);
    assertThat(layout.part(1).first()).isZero();
    assertThat(layout.part(layout.count()).last()).isEqualTo(size - 1);
    for (int number = 2; number <= layout.count(); number++) {
      assertThat(layout.part(number).first()).isEqualTo(layout.part(number - 1).last() + 1);
    }
  }
}
