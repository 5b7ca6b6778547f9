package dev.vams.migration.local.asl;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How many children of a Map may fail. Without either field none may; with both, neither may be
 * exceeded.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html#maprun-fail-threshold">Tolerated
 *     failure threshold</a>
 */
record FailureTolerance(Optional<NumberTemplate> count, Optional<NumberTemplate> percentage) {

  /** The tolerance with its numbers known. */
  record Evaluated(Optional<BigDecimal> count, Optional<BigDecimal> percentage) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    boolean isExceeded(long failed, long items) {
      if (count.isEmpty() && percentage.isEmpty()) {
        return failed > 0;
      }
      BigDecimal failures = BigDecimal.valueOf(failed);
      return count.filter(most -> failures.compareTo(most) > 0).isPresent()
          || percentage
              .filter(
                  most ->
                      failures.multiply(HUNDRED).compareTo(most.multiply(BigDecimal.valueOf(items)))
                          > 0)
              .isPresent();
    }
  }

  Evaluated evaluate(Scope scope) throws StateError {
    return new Evaluated(evaluate(count, scope), evaluate(percentage, scope));
  }

  private static Optional<BigDecimal> evaluate(Optional<NumberTemplate> template, Scope scope)
      throws StateError {
    return template.isEmpty() ? Optional.empty() : Optional.of(template.get().evaluate(scope));
  }
}
