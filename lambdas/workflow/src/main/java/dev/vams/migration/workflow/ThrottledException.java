package dev.vams.migration.workflow;

/** A service asks for less. The workflow repeats the task later, where the last cursor left it. */
public final class ThrottledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ThrottledException(String message, Throwable cause) {
    super(message, cause);
  }
}
