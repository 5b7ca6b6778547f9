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

  private record Phase(String name, long units, Instant start) {}

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
    phase =
        switch (mapName) {
          case "CopyPhase" -> new Phase("copy", total, clock.instant());
          case "LocateDifferences" -> new Phase("locate", total, clock.instant());
          default -> new Phase("verify", total, clock.instant());
        };
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
    long done = units.sum();
    StringBuilder line = new StringBuilder();
    line.append("%-6s %,d/%,d units".formatted(current.name(), done, current.units()));
    Duration elapsed = Duration.between(current.start(), clock.instant());
    long entries = objects.sum() + items.sum();
    double rate = entries * 1000.0 / Math.max(1, elapsed.toMillis());
    line.append(
        "  %,d objects  %,d items  %s  %,.0f/s"
            .formatted(objects.sum(), items.sum(), ReportText.bytes(bytes.sum()), rate));
    if (failed.sum() > 0) {
      line.append("  %,d failed".formatted(failed.sum()));
    }
    if (done > 0 && done < current.units()) {
      Duration left = elapsed.multipliedBy(current.units() - done).dividedBy(done);
      line.append("  about %s left".formatted(readable(left)));
    }
    return Optional.of(line.toString());
  }

  private static String readable(Duration time) {
    if (time.toMinutes() < 1) {
      return Math.max(1, time.toSeconds()) + " s";
    }
    return time.toHours() < 1
        ? time.toMinutes() + " min"
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }
}
