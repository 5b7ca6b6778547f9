package dev.vams.migration.local.asl;

import java.time.Duration;

/**
 * Hears what a run does, for progress displays and logs.
 *
 * <p>Called on the thread where it happens: the calls of one execution come in order, those of a
 * Map's children come from several threads at once. Implementations must be thread-safe and quick,
 * and must not throw.
 */
public interface ExecutionListener {

  /** A state begins; a retry does not begin it again. */
  default void stateEntered(String executionName, String stateName) {}

  /** A Map begins and will start one child for each of {@code items} items. */
  default void mapStarted(String mapName, long items) {}

  /** A child of a Map ended well. */
  default void childSucceeded(String mapName, String childName) {}

  /** A child of a Map failed. */
  default void childFailed(String mapName, String childName, String error, String cause) {}

  /**
   * An attempt failed and there will be another one after {@code delay}; the first retry has number
   * 1.
   */
  default void retryScheduled(
      String executionName, String stateName, String error, int retry, Duration delay) {}
}
