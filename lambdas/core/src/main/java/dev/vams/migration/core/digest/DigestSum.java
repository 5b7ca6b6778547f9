package dev.vams.migration.core.digest;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The sum of the digests of any number of entries, modulo 2^256.
 *
 * <p>Addition commutes, so sums of parts read in any order, by any number of workers, add up to the
 * same total. Unlike XOR, it does not let two equal entries cancel each other out.
 *
 * @param count how many entries are in the sum
 * @param hex the sum as 64 lower-case hexadecimal digits, most significant first
 */
public record DigestSum(long count, String hex) {

  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /** The sum of nothing. */
  public static final DigestSum ZERO = new DigestSum(0, "0".repeat(64));

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when it is not a count with 64 hexadecimal digits
   */
  public DigestSum {
    if (count < 0 || !FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a digest sum: " + count + ", " + hex);
    }
  }

  /** Both sums together. */
  public DigestSum plus(DigestSum other) {
    if (other.count == 0) {
      return this;
    }
    byte[] sum = HEX.parseHex(hex);
    add(sum, HEX.parseHex(other.hex));
    return new DigestSum(count + other.count, HEX.formatHex(sum));
  }

  private static void add(byte[] sum, byte[] other) {
    int carry = 0;
    for (int i = sum.length - 1; i >= 0; i--) {
      carry += (sum[i] & 0xff) + (other[i] & 0xff);
      sum[i] = (byte) carry;
      carry >>>= 8;
    }
  }

  /** Adds up many digests without an object for each. Not safe for use by several threads. */
  public static final class Accumulator {
    private final byte[] sum = new byte[32];
    private long count;

    /** Adds one entry's digest of 32 bytes. */
    public void add(byte[] digest) {
      DigestSum.add(sum, digest);
      count++;
    }

    /** The sum so far. */
    public DigestSum sum() {
      return new DigestSum(count, HEX.formatHex(sum));
    }
  }
}
