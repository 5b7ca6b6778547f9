package dev.vams.migration.local.asl;

import java.util.Objects;

/** A function failed. {@link #error()} is what {@code ErrorEquals} is compared with. */
public final class TaskFailedException extends Exception {

  private final String error;

  /**
   * @param error the error name as Step Functions would see it, such as a Java exception's class
   *     name or {@code Lambda.Unknown}
   * @param cause the explanation for people
   */
  public TaskFailedException(String error, String cause) {
    super(cause);
    this.error = Objects.requireNonNull(error);
  }

  public String error() {
    return error;
  }
}
