package dev.vams.migration.cli;

import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.Report;

/** What the process's exit code says; the numbers are part of the command line's contract. */
final class ExitCode {

  /** Verified; or, for verbs that verify nothing, done. */
  static final int OK = 0;

  /** Something differs, or failed. */
  static final int NOT_VERIFIED = 1;

  /** The user's input is wrong. */
  static final int WRONG_INPUT = 2;

  /** Something cannot be reached, or is not allowed. */
  static final int NO_ACCESS = 3;

  private ExitCode() {}

  /** The exit code of a run that wrote a report. */
  static int of(Report report) {
    return switch (report.verdict()) {
      case VERIFIED, PLANNED -> OK;
      case MISMATCH, FAILED -> NOT_VERIFIED;
      case REFUSED ->
          report.problems().stream().anyMatch(problem -> problem.kind() == Problem.Kind.INPUT)
              ? WRONG_INPUT
              : NO_ACCESS;
    };
  }
}
