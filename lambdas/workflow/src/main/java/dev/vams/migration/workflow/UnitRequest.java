package dev.vams.migration.workflow;

import dev.vams.migration.core.plan.Unit;

/** What a worker is asked to do. */
interface UnitRequest extends TaskRequest {

  /** The unit to be copied or compared. */
  Unit unit();
}
