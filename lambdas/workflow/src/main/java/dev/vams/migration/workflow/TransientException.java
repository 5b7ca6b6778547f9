package dev.vams.migration.workflow;

/**
 * A service asks for less, or does not answer just now. The workflow repeats the task later, which
 * goes on at the newest checkpoint.
 */
public final class TransientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransientException(String message, Throwable cause) {
    super(message, cause);
  }
}
