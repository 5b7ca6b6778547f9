package dev.vams.migration.core.verify;

import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.ComparedMarker;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.RecordLog;
import dev.vams.migration.core.plan.Unit;
import java.util.Optional;

/**
 * The books of one unit while a worker compares it. What is found may be booked by any thread; the
 * rest belongs to the worker's own.
 */
final class CompareLedger {
  private final Journal journal;
  private final Unit unit;
  private final Optional<CompareCursor> start;
  private final CompareListener listener;
  private final RecordLog mismatches;
  private final DigestSum.Accumulator source = new DigestSum.Accumulator();
  private final DigestSum.Accumulator target = new DigestSum.Accumulator();
  private Comparison found;

  CompareLedger(
      Journal journal, Unit unit, Optional<CompareCursor> start, CompareListener listener) {
    this.journal = journal;
    this.unit = unit;
    this.start = start;
    this.listener = listener;
    found = start.map(CompareCursor::comparison).orElse(Comparison.ZERO);
    mismatches = journal.mismatchLog(unit.id(), start.map(CompareCursor::mismatchParts).orElse(0));
  }

  Optional<Position> start() {
    return start.map(CompareCursor::position);
  }

  synchronized void readSource(byte[] digest) {
    source.add(digest);
  }

  synchronized void readTarget(byte[] digest) {
    target.add(digest);
  }

  void mismatch(String entry, Mismatch.Kind kind, String detail) {
    mismatches.add(new Mismatch(unit.id(), unit.descriptor(), entry, kind, detail));
    count(
        kind == Mismatch.Kind.MISSING
            ? new Comparison(DigestSum.ZERO, DigestSum.ZERO, 1, 0, 0, 0)
            : new Comparison(DigestSum.ZERO, DigestSum.ZERO, 0, 1, 0, 0));
    listener.mismatched(unit);
  }

  void deleteMarkers(long atSource, long atTarget) {
    count(new Comparison(DigestSum.ZERO, DigestSum.ZERO, 0, 0, 0, 0, atSource, atTarget));
  }

  void extra() {
    count(new Comparison(DigestSum.ZERO, DigestSum.ZERO, 0, 0, 1, 0));
  }

  void sizeOnly() {
    count(new Comparison(DigestSum.ZERO, DigestSum.ZERO, 0, 0, 0, 1));
  }

  /** Tells how many entries, and bytes of the source, were compared since the last call. */
  void compared(long entries, long bytes) {
    listener.compared(unit, entries, bytes);
  }

  /** Writes mismatches down when there are many. */
  void stepped() {
    mismatches.writeFullPart();
  }

  CompareStep pause(Position position) {
    return new CompareStep.Paused(new CompareCursor(position, comparison(), mismatches.flush()));
  }

  CompareStep done() {
    mismatches.flush();
    Comparison comparison = comparison();
    journal.markCompared(new ComparedMarker(unit.id(), unit.descriptor(), comparison));
    return new CompareStep.Done(comparison);
  }

  private synchronized void count(Comparison change) {
    found = found.plus(change);
  }

  private synchronized Comparison comparison() {
    return found.plus(new Comparison(source.sum(), target.sum(), 0, 0, 0, 0));
  }
}
