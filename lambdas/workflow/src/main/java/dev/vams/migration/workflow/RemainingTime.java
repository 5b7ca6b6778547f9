package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import dev.vams.migration.core.limit.Deadline;

/** Leaves a worker enough time to finish the page at hand and to hand over its cursor. */
final class RemainingTime {

  /** Two pages of 1,000 slow copies, and the writing of the cursor, in milliseconds. */
  private static final int RESERVE_MILLIS = 60_000;

  private RemainingTime() {}

  static Deadline of(Context context) {
    return () -> context.getRemainingTimeInMillis() < RESERVE_MILLIS;
  }
}
