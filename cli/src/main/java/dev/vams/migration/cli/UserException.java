package dev.vams.migration.cli;

import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.Verdict;
import java.util.List;

/**
 * Something for the user to put right. The message says what, where, and what to do; no stack trace
 * is shown.
 */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient RunSummary summary;

  /** Something is wrong before a run, or ended it without a report. */
  UserException(int exitCode, String message) {
    this(exitCode, message, List.of(problem(exitCode, message)));
  }

  /**
   * The same.
   *
   * @param problems the message for programs
   */
  UserException(int exitCode, String message, List<Problem> problems) {
    this(exitCode, message, RunSummary.withoutReport(verdict(exitCode).name(), "", problems));
  }

  private UserException(int exitCode, String message, RunSummary summary) {
    super(message);
    this.exitCode = exitCode;
    this.summary = summary;
  }

  /** A run goes on, or ended, and it cannot be seen how. */
  static UserException outcomeUnknown(String run, String message) {
    List<Problem> problems = List.of(problem(ExitCode.NO_ACCESS, message));
    return new UserException(
        ExitCode.NO_ACCESS,
        message,
        RunSummary.withoutReport(RunSummary.OUTCOME_UNKNOWN, run, problems));
  }

  private static Verdict verdict(int exitCode) {
    return exitCode == ExitCode.NOT_VERIFIED ? Verdict.FAILED : Verdict.REFUSED;
  }

  private static Problem problem(int exitCode, String message) {
    Problem.Kind kind = exitCode == ExitCode.WRONG_INPUT ? Problem.Kind.INPUT : Problem.Kind.ACCESS;
    return new Problem(kind, "command line", message, "See vams-migrate --help.");
  }

  int exitCode() {
    return exitCode;
  }

  /** The same for programs. */
  RunSummary summary() {
    return summary;
  }
}
