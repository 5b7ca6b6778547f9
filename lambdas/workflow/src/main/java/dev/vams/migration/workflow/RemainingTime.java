package dev.vams.migration.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import dev.vams.migration.core.limit.Deadline;

/** Leaves a worker enough time to finish what is in flight and to hand over its cursor. */
final class RemainingTime {

  /** Three minutes, in milliseconds: time for copies of 5 GiB each, which may be in flight. */
  private static final int RESERVE_MILLIS = 180_000;

  private RemainingTime() {}

  static Deadline of(Context context) {
    return () -> context.getRemainingTimeInMillis() < RESERVE_MILLIS;
  }

  /**
   * Leaves a part of the time that is left now.
   *
   * @param part between 0 and 1
   */
  static Deadline leaving(Context context, double part) {
    double reserveMillis = context.getRemainingTimeInMillis() * part;
    return () -> context.getRemainingTimeInMillis() < reserveMillis;
  }
}
