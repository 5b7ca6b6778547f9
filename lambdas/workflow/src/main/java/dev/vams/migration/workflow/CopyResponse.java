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
 */
record CopyResponse(boolean done, Optional<CopyCursor> cursor, List<KeyRange> shares)
    implements TaskResponse {

  static CopyResponse of(CopyStep step) {
    if (step instanceof CopyStep.Split split) {
      return new CopyResponse(false, Optional.of(split.cursor()), split.shares());
    }
    return step instanceof CopyStep.Paused paused
        ? new CopyResponse(false, Optional.of(paused.cursor()), List.of())
        : new CopyResponse(true, Optional.empty(), List.of());
  }

  @Override
  public String result() {
    if (done) {
      return "done";
    }
    return shares.isEmpty() ? "paused" : "split";
  }
}
