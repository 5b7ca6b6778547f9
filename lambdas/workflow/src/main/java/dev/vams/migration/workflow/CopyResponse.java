package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.transfer.CopyStep;
import java.util.Optional;

/**
 * The output of the tasks CopyPrefix and CopySegment.
 *
 * @param done whether the unit is done
 * @param cursor where the next worker goes on when it is not
 * @param waitSeconds how long it has to wait; 0 when it can begin at once
 */
record CopyResponse(boolean done, Optional<CopyCursor> cursor, long waitSeconds)
    implements TaskResponse {

  static CopyResponse of(CopyStep step) {
    return step instanceof CopyStep.Paused paused
        ? new CopyResponse(false, Optional.of(paused.cursor()), paused.delay().toSeconds())
        : new CopyResponse(true, Optional.empty(), 0);
  }

  @Override
  public String result() {
    if (done) {
      return "done";
    }
    return waitSeconds > 0 ? "waits for restores" : "paused";
  }
}
