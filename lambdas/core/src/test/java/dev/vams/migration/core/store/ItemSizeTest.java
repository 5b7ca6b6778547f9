package dev.vams.migration.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ItemSizeTest {

  /** One byte for two digits and one more; zeros at both ends are none of them. */
  @Example
  void ofNumbers() {
    assertThat(ofNumber("0")).isEqualTo(2);
    assertThat(ofNumber("00700")).isEqualTo(2);
    assertThat(ofNumber("1234")).isEqualTo(3);
    assertThat(ofNumber("-12.345")).isEqualTo(4);
  }

  @Property
  void anIntegerIsAsLargeInDigitsAlone(
      @ForAll @LongRange(max = 1_000_000) long number, @ForAll @IntRange(max = 20) int zeros) {
    String digits = number + "0".repeat(zeros);

    assertThat(ofNumber(digits)).isEqualTo(ofNumber(digits + ".0"));
  }

  private static long ofNumber(String number) {
    return ItemSize.of(new Item(Map.of("", new Value.Numeric(number))));
  }
}
