package dev.vams.migration.workflow;

/**
 * A bucket or table cannot be used at all. The unit fails, the others go on, and the report says
 * why.
 */
public final class UnitFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnitFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
