package dev.vams.migration.cli;

/** What the user can do after a run that did not reach its report. */
@FunctionalInterface
interface NextStep {

  /**
   * The step, in whole sentences.
   *
   * @param planned whether the run has a plan, so that it can be resumed
   */
  String of(String run, boolean planned);
}
