package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** The numbers that a field accepts, both ends included. */
record NumberRange(long minimum, long maximum, boolean whole) {

  /**
   * The largest number of seconds, retries or failures that Step Functions accepts in a definition.
   */
  static final long LARGEST = 99_999_999;

  static NumberRange whole(long minimum, long maximum) {
    return new NumberRange(minimum, maximum, true);
  }

  static NumberRange decimal(long minimum, long maximum) {
    return new NumberRange(minimum, maximum, false);
  }

  /** What is wrong with a value, or nothing. */
  Optional<String> problemOf(JsonNode value) {
    boolean accepted =
        value.isNumber()
            && (!whole || isWhole(value.decimalValue()))
            && value.decimalValue().compareTo(BigDecimal.valueOf(minimum)) >= 0
            && value.decimalValue().compareTo(BigDecimal.valueOf(maximum)) <= 0;
    return accepted ? Optional.empty() : Optional.of("must be " + this + ", but is " + value);
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  @Override
  public String toString() {
    return (whole ? "a whole number" : "a number") + " from " + minimum + " to " + maximum;
  }
}
