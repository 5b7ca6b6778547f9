package dev.vams.migration.local.asl;

import java.util.Set;

/** An error inside a state, by the name that Retry and Catch compare. */
final class StateError extends Exception {

  static final String ALL = "States.ALL";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String TIMEOUT = "States.Timeout";
  static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
  static final String QUERY_EVALUATION = "States.QueryEvaluationError";
  static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
  static final String ITEM_READER_FAILED = "States.ItemReaderFailed";
  static final String RESULT_WRITER_FAILED = "States.ResultWriterFailed";
  static final String TOLERATED_FAILURES_EXCEEDED = "States.ExceedToleratedFailureThreshold";

  /** The names with the reserved prefix that can match something here. */
  static final Set<String> RESERVED_MATCHERS =
      Set.of(
          ALL,
          TASK_FAILED,
          TIMEOUT,
          QUERY_EVALUATION,
          DATA_LIMIT_EXCEEDED,
          ITEM_READER_FAILED,
          RESULT_WRITER_FAILED,
          TOLERATED_FAILURES_EXCEEDED);

  private final String error;
  private final boolean endsRun;

  StateError(String error, String cause) {
    this(error, cause, null);
  }

  StateError(String error, String cause, Throwable origin) {
    this(error, cause, origin, false);
  }

  private StateError(String error, String cause, Throwable origin, boolean endsRun) {
    super(cause, origin);
    this.error = error;
    this.endsRun = endsRun;
  }

  /** An error of the run as a whole, which no state can retry or catch. */
  static StateError endingRun(String error, String cause) {
    return new StateError(error, cause, null, true);
  }

  String error() {
    return error;
  }

  String explanation() {
    return getMessage() == null ? "" : getMessage();
  }

  /**
   * The rules of ErrorEquals: wildcards do not match a data limit, and States.TaskFailed does not
   * match a timeout.
   */
  boolean matches(Set<String> errorEquals) {
    if (endsRun) {
      return false;
    }
    if (errorEquals.contains(error)) {
      return true;
    }
    if (error.equals(DATA_LIMIT_EXCEEDED)) {
      return false;
    }
    return errorEquals.contains(ALL)
        || (errorEquals.contains(TASK_FAILED) && !error.equals(TIMEOUT));
  }
}
