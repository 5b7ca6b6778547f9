package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.verify.CompareStep;
import java.util.Optional;

/**
 * The output of the task VerifyUnit.
 *
 * @param done whether the unit is compared
 * @param cursor where the next worker goes on when it is not
 */
record CompareResponse(boolean done, Optional<CompareCursor> cursor) implements TaskResponse {

  static CompareResponse of(CompareStep step) {
    return step instanceof CompareStep.Paused paused
        ? new CompareResponse(false, Optional.of(paused.cursor()))
        : new CompareResponse(true, Optional.empty());
  }

  @Override
  public String result() {
    return done ? "done" : "paused";
  }
}
