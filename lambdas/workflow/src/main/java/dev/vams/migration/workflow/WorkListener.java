package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.transfer.TransferListener;
import dev.vams.migration.core.verify.CompareListener;

/** Hears of what workers have copied and compared. Safe for use by many threads. */
public interface WorkListener extends TransferListener, CompareListener {

  /** Hears nothing. */
  WorkListener DEAF =
      new WorkListener() {
        @Override
        public void advanced(Unit unit, Tally change) {}

        @Override
        public void compared(Unit unit, long entries, long bytes) {}
      };
}
