package dev.vams.migration.core.plan;

import static java.util.Objects.requireNonNull;

/**
 * How many read or write units of a table a run may use within a second (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html">capacity
 * units</a>).
 *
 * @param amount at least 1
 * @param scale what the amount counts
 */
public record UnitCeiling(int amount, Scale scale) {

  /** What an amount counts. */
  public enum Scale {
    /** Units. */
    UNITS,
    /** Hundredths of what the table is provisioned with. */
    PERCENT
  }

  /** All that a table is provisioned with. */
  public static final int WHOLE = 100;

  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public UnitCeiling {
    requireNonNull(scale, "scale");
    if (amount < 1 || (scale == Scale.PERCENT && amount > WHOLE)) {
      throw new IllegalArgumentException("a ceiling of %d %s".formatted(amount, scale));
    }
  }

  /**
   * The ceiling in units, at least 1.
   *
   * @param provisioned what the table is provisioned with; of no account for a number of units
   */
  public double units(long provisioned) {
    return scale == Scale.UNITS ? amount : Math.max(1, provisioned * (double) amount / WHOLE);
  }

  /** As it is written in a schema. */
  @Override
  public String toString() {
    return scale == Scale.UNITS ? Integer.toString(amount) : amount + "%";
  }
}
