package dev.vams.migration.workflow;

import java.util.List;

/**
 * The output of the task Plan, which the state machine keeps as the variable {@code plan}.
 *
 * @param outcome whether the migration can go on
 * @param summary what the operator reads when it cannot
 * @param mode the schema's mode
 * @param phases what is copied one after the other
 * @param verifyUnitsKey where the units to be compared are
 * @param maxConcurrency how many units are done at once
 */
record PlanResponse(
    String run,
    Outcome outcome,
    String summary,
    String mode,
    List<Phase> phases,
    String verifyUnitsKey,
    int maxConcurrency)
    implements TaskResponse {

  enum Outcome {
    READY,
    REFUSED
  }

  /**
   * One phase.
   *
   * @param unitsKey where its units are in the work bucket, one a line
   * @param units how many there are
   */
  record Phase(String name, String unitsKey, int units) {}

  @Override
  public String result() {
    return outcome == Outcome.READY ? outcome.name() : summary;
  }
}
