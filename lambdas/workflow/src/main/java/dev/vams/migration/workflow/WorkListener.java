package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.transfer.TransferListener;
import dev.vams.migration.core.verify.CompareListener;
import java.util.function.Supplier;

/** Hears of tasks, and of what workers have copied and compared. Safe for use by many threads. */
public interface WorkListener extends TransferListener, CompareListener {

  /** Hears nothing. */
  WorkListener DEAF =
      new WorkListener() {
        @Override
        public void advanced(Unit unit, Tally change) {}

        @Override
        public void compared(Unit unit, long entries, long bytes) {}
      };

  /**
   * Does a task, and may watch its beginning and its end.
   *
   * @param context what Lambda tells of the invocation
   * @param task gives the task's response, or throws what the task throws
   */
  default <T extends TaskResponse> T during(
      TaskRequest request, Context context, Supplier<T> task) {
    return task.get();
  }

  /**
   * A service asked for less, or did not take all that it was given; the call is repeated. Called
   * as often as {@link #advanced}, with the same promise.
   */
  default void throttled() {}
}
