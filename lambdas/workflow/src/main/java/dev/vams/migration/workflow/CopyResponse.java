package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.transfer.CopyStep;
import java.util.Optional;

/**
 * The output of the tasks CopyPrefix and CopySegment.
 *
 * @param done whether the unit is done
 * @param cursor where the next worker goes on when it is not
 */
record CopyResponse(boolean done, Optional<CopyCursor> cursor) implements TaskResponse {

  static CopyResponse of(CopyStep step) {
    return step instanceof CopyStep.Paused paused
        ? new CopyResponse(false, Optional.of(paused.cursor()))
        : new CopyResponse(true, Optional.empty());
  }

  @Override
  public String result() {
    return done ? "done" : "paused";
  }
}
