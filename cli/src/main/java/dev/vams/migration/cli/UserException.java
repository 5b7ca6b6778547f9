package dev.vams.migration.cli;

/**
 * Something for the user to put right. The message says what, where, and what to do; no stack trace
 * is shown.
 */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  UserException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
