package dev.vams.migration.cli;

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
}
