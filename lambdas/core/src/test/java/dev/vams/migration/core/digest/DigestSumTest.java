package dev.vams.migration.core.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DigestSumTest {
  private static final String ONE = "0".repeat(63) + "1";

  @Test
  void addsWithCarry() {
    DigestSum sum = new DigestSum(1, "0".repeat(60) + "ffff").plus(new DigestSum(1, ONE));

    assertThat(sum).isEqualTo(new DigestSum(2, "0".repeat(59) + "10000"));
  }

  @Test
  void overflowsAtTwoToThePowerOf256() {
    DigestSum sum = new DigestSum(1, "f".repeat(64)).plus(new DigestSum(2, ONE));

    assertThat(sum).isEqualTo(new DigestSum(3, "0".repeat(64)));
  }

  @Test
  void nothingAddsNothing() {
    DigestSum one = new DigestSum(1, ONE);

    assertThat(one.plus(DigestSum.ZERO)).isEqualTo(one);
    assertThat(DigestSum.ZERO.plus(one)).isEqualTo(one);
  }

  @Test
  void twoEqualEntriesDoNotCancelEachOtherOut() {
    byte[] digest = HexFormat.of().parseHex("a".repeat(64));
    DigestSum.Accumulator twice = new DigestSum.Accumulator();
    twice.add(digest);
    twice.add(digest);

    assertThat(twice.sum()).isNotEqualTo(new DigestSum(2, "0".repeat(64)));
  }

  @Test
  void anAccumulatorLeavesTheDigestAsItIs() {
    byte[] digest = HexFormat.of().parseHex("f".repeat(64));
    DigestSum.Accumulator sum = new DigestSum.Accumulator();
    sum.add(digest);
    sum.add(digest);

    assertThat(digest).isEqualTo(HexFormat.of().parseHex("f".repeat(64)));
    assertThat(sum.sum()).isEqualTo(new DigestSum(2, "f".repeat(63) + "e"));
  }

  @Test
  void refusesWhatIsNoSum() {
    assertThat(Arrays.asList(new String[] {"", "0", "0".repeat(65)}))
        .allSatisfy(
            hex -> assertThatIllegalArgumentException().isThrownBy(() -> new DigestSum(0, hex)));
    assertThatIllegalArgumentException().isThrownBy(() -> new DigestSum(-1, "0".repeat(64)));
    assertThatIllegalArgumentException().isThrownBy(() -> new DigestSum(1, "g".repeat(64)));
  }
}
