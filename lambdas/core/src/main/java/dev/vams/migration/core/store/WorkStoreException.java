package dev.vams.migration.core.store;

/**
 * The work bucket or directory cannot be read or written. The message says which file, why, and
 * what to do.
 */
public final class WorkStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, where, and what to do
   * @param cause the store's own error
   */
  public WorkStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
