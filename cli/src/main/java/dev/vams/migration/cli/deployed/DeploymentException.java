package dev.vams.migration.cli.deployed;

import static java.util.Objects.requireNonNull;

/** A service did not do what it was asked to. The message says what, where, and what to do. */
public final class DeploymentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** There is no such stack, state machine, run or Map. */
    MISSING,
    /** The service says no: it is not allowed, or not possible. */
    REFUSED,
    /** The service does not answer, or asks for less; the same call may succeed later. */
    UNREACHABLE
  }

  /**
   * @param message what failed, where, and what to do
   */
  public DeploymentException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason, "reason");
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
