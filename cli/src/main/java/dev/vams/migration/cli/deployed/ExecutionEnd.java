package dev.vams.migration.cli.deployed;

/** How an execution of the workflow ended, on whichever engine. */
public sealed interface ExecutionEnd {

  /** It reached its end, and with it a verdict that passes. */
  record Succeeded() implements ExecutionEnd {}

  /**
   * It failed: because of the verdict, or because a task broke.
   *
   * @param error the error's name; may be empty
   * @param cause what the error says, without a stack trace; may be empty
   */
  record Failed(String error, String cause) implements ExecutionEnd {}

  /**
   * It was ended from outside.
   *
   * @param how what happened to it, such as {@code was stopped}
   */
  record Stopped(String how) implements ExecutionEnd {}
}
