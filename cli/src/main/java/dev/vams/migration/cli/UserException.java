package dev.vams.migration.cli;

import dev.vams.migration.core.plan.Problem;
import java.util.List;

/**
 * Something for the user to put right. The message says what, where, and what to do; no stack trace
 * is shown.
 */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient List<Problem> problems;

  UserException(int exitCode, String message) {
    this(exitCode, message, List.of(problem(exitCode, message)));
  }

  /**
   * @param problems the same, for programs
   */
  UserException(int exitCode, String message, List<Problem> problems) {
    super(message);
    this.exitCode = exitCode;
    this.problems = problems;
  }

  private static Problem problem(int exitCode, String message) {
    Problem.Kind kind = exitCode == ExitCode.WRONG_INPUT ? Problem.Kind.INPUT : Problem.Kind.ACCESS;
    return new Problem(kind, "command line", message, "See vams-migrate --help.");
  }

  List<Problem> problems() {
    return problems;
  }

  int exitCode() {
    return exitCode;
  }
}
