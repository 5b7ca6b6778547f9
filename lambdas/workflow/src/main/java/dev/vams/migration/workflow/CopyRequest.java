package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.plan.Unit;
import java.util.Optional;

/**
 * The input of the tasks CopyPrefix and CopySegment.
 *
 * @param cursor where the worker before stopped; null in JSON for the first one
 */
record CopyRequest(String run, Unit unit, Optional<CopyCursor> cursor) implements UnitRequest {}
