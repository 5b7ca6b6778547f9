package dev.vams.migration.workflow;

import dev.vams.migration.core.report.Verdict;

/**
 * The output of the task Conclude, and of the execution.
 *
 * @param summary the verdict and the totals on one line, and where the report is
 * @param report where {@code report.json} is
 */
record ConcludeResponse(String run, Verdict verdict, String summary, String report)
    implements TaskResponse {

  @Override
  public String result() {
    return summary;
  }
}
