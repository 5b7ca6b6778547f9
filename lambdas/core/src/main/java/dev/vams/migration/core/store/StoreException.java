package dev.vams.migration.core.store;

/** A store could not go on at all; the entry at hand is not to blame. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StoreError error;

  /**
   * @param doing what was attempted and on which bucket or table, such as {@code listing bucket x}
   * @param error the service's answer
   */
  public StoreException(String doing, StoreError error) {
    super(doing + ": " + error.line());
    this.error = error;
  }

  /** The service's answer. */
  public StoreError error() {
    return error;
  }
}
