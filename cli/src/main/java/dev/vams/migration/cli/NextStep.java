package dev.vams.migration.cli;

import java.util.function.UnaryOperator;

/** What the user can do after a run that did not reach its report. */
@FunctionalInterface
interface NextStep {

  /**
   * The step, in whole sentences.
   *
   * @param planned whether the run has a plan, so that it can be resumed
   */
  String of(String run, boolean planned);

  /**
   * To resume the run, if it can be.
   *
   * @param command gives the command that resumes a run
   */
  static NextStep resume(UnaryOperator<String> command) {
    return (run, planned) ->
        planned
            ? "What was copied stays. To continue:%n  %s".formatted(command.apply(run))
            : "Nothing was copied yet. Start again with the same command.";
  }
}
