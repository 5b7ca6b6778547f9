package dev.vams.migration.core.verify;

import dev.vams.migration.core.plan.Unit;
import java.util.concurrent.atomic.LongAdder;

/** Adds up what comparers tell. */
final class ComparedTotals implements CompareListener {
  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  @Override
  public void compared(Unit unit, long newEntries, long newBytes) {
    entries.add(newEntries);
    bytes.add(newBytes);
  }

  long entries() {
    return entries.sum();
  }

  long bytes() {
    return bytes.sum();
  }
}
