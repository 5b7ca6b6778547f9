package dev.vams.migration.cli;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.report.ReportText;
import dev.vams.migration.local.asl.ExecutionListener;
import dev.vams.migration.workflow.WorkListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what has been copied or compared in the current phase, and says it on one line. Only what
 * is done is counted, never what is hoped for. While comparing, items are counted as they are read,
 * so each table's items twice: at the source and at the target. Safe for use by many threads.
 */
final class Progress implements WorkListener, ExecutionListener {
  private final InstantSource clock;
  private final LongAdder objects = new LongAdder();
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder units = new LongAdder();
  private final BlockingQueue<String> finished = new LinkedBlockingQueue<>();
  private volatile Phase phase;

  private record Phase(String map, long units, Instant start) {}

  Progress(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void advanced(Unit unit, Tally change) {
    count(unit, change.entries(), change.bytes());
    failed.add(change.failed());
  }

  @Override
  public void compared(Unit unit, long entries, long size) {
    count(unit, entries, size);
  }

  private void count(Unit unit, long entries, long size) {
    (unit instanceof Unit.KeyRange ? objects : items).add(entries);
    bytes.add(size);
  }

  @Override
  public void mapStarted(String mapName, long total) {
    line().ifPresent(finished::add);
    units.reset();
    objects.reset();
    items.reset();
    bytes.reset();
    failed.reset();
    phase = new Phase(mapName, total, clock.instant());
  }

  @Override
  public void childSucceeded(String mapName, String childName) {
    units.increment();
  }

  @Override
  public void childFailed(String mapName, String childName, String error, String cause) {
    units.increment();
  }

  /** The last lines of the phases that ended since the last call. */
  List<String> takeFinishedLines() {
    List<String> lines = new ArrayList<>();
    finished.drainTo(lines);
    return lines;
  }

  /** The line to be shown now; empty before the first phase. */
  Optional<String> line() {
    Phase current = phase;
    if (current == null) {
      return Optional.empty();
    }
    Duration elapsed = Duration.between(current.start(), clock.instant());
    PhaseProgress done = new PhaseProgress(current.map(), units.sum(), current.units(), elapsed);
    long entries = objects.sum() + items.sum();
    double rate = entries * 1000.0 / Math.max(1, elapsed.toMillis());
    String counts =
        "  %,d objects  %,d items%s  %s  %,.0f/s"
            .formatted(
                objects.sum(),
                items.sum(),
                current.map().equals("VerifyUnits") ? " of both sides" : "",
                ReportText.bytes(bytes.sum()),
                rate);
    String failures = failed.sum() > 0 ? "  %,d failed".formatted(failed.sum()) : "";
    return Optional.of(done.units() + counts + failures + done.timeLeft());
  }
}
