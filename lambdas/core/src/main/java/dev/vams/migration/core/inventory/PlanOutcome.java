package dev.vams.migration.core.inventory;

import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Problem;
import java.util.List;

/** What came of planning. */
public sealed interface PlanOutcome {

  /**
   * The plan and its units are in the work bucket.
   *
   * @param unitsPerPhase how many units each phase has, in the order of the phases
   */
  record Ready(MigrationPlan plan, List<Integer> unitsPerPhase) implements PlanOutcome {}

  /** The migration cannot start; nothing was written to a target. */
  record Refused(List<Problem> problems) implements PlanOutcome {}
}
