package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.Stop;

/**
 * A bucket or table cannot be used at all. The unit fails, the others go on, and the report says
 * why.
 */
public final class UnitFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnitFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  static UnitFailedException becauseOf(Stop stop) {
    return new UnitFailedException(
        "the run was stopped by %s: %s".formatted(stop.descriptor(), stop.reason()), null);
  }
}
