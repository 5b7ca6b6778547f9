package dev.vams.migration.core.transfer;

/**
 * How much one worker does at once.
 *
 * @param objectsInFlight copies of objects at the same time, at least 1
 * @param writesInFlight batches of items, or single conditional puts, at the same time, at least 1
 */
public record TransferLimits(int objectsInFlight, int writesInFlight) {

  /** What suits a worker of one virtual processor. */
  public static final TransferLimits DEFAULT = new TransferLimits(64, 16);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is below 1
   */
  public TransferLimits {
    if (objectsInFlight < 1 || writesInFlight < 1) {
      throw new IllegalArgumentException("a worker needs at least one call in flight");
    }
  }
}
