package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.transfer.CopyStep;
import java.util.List;
import java.util.Optional;

/**
 * The output of the tasks CopyPrefix and CopySegment.
 *
 * @param done whether the unit is done
 * @param cursor where the next worker goes on when it is not
 * @param shares what has to be copied before that, side by side; mostly empty
 * @param waitSeconds how long it has to wait; 0 when it can begin at once
 */
record CopyResponse(
    boolean done, Optional<CopyCursor> cursor, List<KeyRange> shares, long waitSeconds)
    implements TaskResponse {

  static CopyResponse of(CopyStep step) {
    if (step instanceof CopyStep.Split split) {
      return new CopyResponse(false, Optional.of(split.cursor()), split.shares(), 0);
    }
    return step instanceof CopyStep.Paused paused
        ? new CopyResponse(
            false, Optional.of(paused.cursor()), List.of(), paused.delay().toSeconds())
        : new CopyResponse(true, Optional.empty(), List.of(), 0);
  }

  @Override
  public String result() {
    if (done) {
      return "done";
    }
    if (!shares.isEmpty()) {
      return "split";
    }
    return waitSeconds > 0 ? "waits for restores" : "paused";
  }
}
