package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.plan.Unit;
import java.util.Optional;

/**
 * The input of the task VerifyUnit.
 *
 * @param cursor where the worker before stopped; null in JSON for the first one
 */
record CompareRequest(String run, Unit unit, Optional<CompareCursor> cursor)
    implements UnitRequest {}
