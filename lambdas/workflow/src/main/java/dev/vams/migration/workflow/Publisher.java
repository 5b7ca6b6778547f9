package dev.vams.migration.workflow;

/** Sends a message to whoever wants to hear of runs. */
@FunctionalInterface
public interface Publisher {

  /**
   * Sends one message, and returns when it is accepted.
   *
   * @param subject ASCII, at most 100 characters
   * @param message at most 256 KiB as UTF-8
   */
  void publish(String subject, String message);
}
