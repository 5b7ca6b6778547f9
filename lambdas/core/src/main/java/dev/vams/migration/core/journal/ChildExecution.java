package dev.vams.migration.core.journal;

/**
 * What Distributed Map's result files say of a child workflow that failed (<a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">ResultWriter</a>).
 *
 * @param input the child's input, JSON as text
 * @param status how it ended, such as {@code FAILED} or {@code ABORTED}
 * @param error the name of the error; empty when it was stopped from outside
 * @param cause what the error says, without a stack trace; may be empty
 */
public record ChildExecution(String input, String status, String error, String cause) {

  /** Why the child failed, on one line. */
  public String reason() {
    if (error.isEmpty()) {
      return status;
    }
    return cause.isEmpty() ? error : error + ": " + cause;
  }
}
