package dev.vams.migration.core.transfer;

import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.CopiedVersion;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.LeftArchived;
import dev.vams.migration.core.journal.NotCarried;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.RecordLog;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.listing.ObjectLine;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The books of one unit while a worker copies it: the tally, the digest, the failures, what was not
 * carried and what was deleted, and where the next worker would go on.
 *
 * <p>{@link #read(ObjectSummary)}, {@link #settled}, {@link #copiedPart}, {@link #notCarried},
 * {@link #deleted}, {@link #leftArchived} and {@link #failed} may be called by any thread; the rest
 * belongs to the worker's own.
 */
final class CopyLedger {

  /** How much work a killed worker repeats at most, beyond a page. */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  /**
   * The same of a table. Each checkpoint waits for what is in flight: batches, a tenth of a second
   * each, where it may be large objects in a bucket.
   */
  private static final Duration CHECKPOINT_INTERVAL_OF_TABLE = Duration.ofSeconds(3);

  private final Journal journal;
  private final Unit unit;
  private final TransferListener listener;
  private final InstantSource clock;
  private final Optional<CopyCursor> start;
  private final RecordLog failures;
  private final RecordLog notCarried;
  private Optional<RecordLog> versions = Optional.empty();
  private final RecordLog deletions;
  private final RecordLog archived;
  private final ItemDigest digester = new ItemDigest();
  private final DigestSum.Accumulator content = new DigestSum.Accumulator();
  private Tally tally;
  private Instant lastCheckpoint;

  private CopyLedger(
      Journal journal,
      Unit unit,
      Optional<CopyCursor> start,
      TransferListener listener,
      InstantSource clock) {
    this.journal = journal;
    this.unit = unit;
    this.start = start;
    this.listener = listener;
    this.clock = clock;
    tally = start.map(CopyCursor::tally).orElse(Tally.ZERO);
    failures = journal.failureLog(unit.id(), start.map(CopyCursor::failureParts).orElse(0));
    notCarried = journal.notCarriedLog(unit.id(), start.map(CopyCursor::notCarriedParts).orElse(0));
    archived = journal.archivedLog(unit.id(), start.map(CopyCursor::archivedParts).orElse(0));
    deletions = journal.deletionLog(unit.id(), start.map(CopyCursor::deletionParts).orElse(0));
    lastCheckpoint = clock.instant();
  }

  /**
   * Opens the books where they were left: at the newest checkpoint, which a worker that was stopped
   * has left, or the run that this one retries; or else at the cursor handed over. As a cursor is
   * handed over only after it was written as a checkpoint, the checkpoint is never behind it.
   */
  static CopyLedger open(
      Journal journal,
      Unit unit,
      Optional<CopyCursor> cursor,
      TransferListener listener,
      InstantSource clock) {
    return new CopyLedger(journal, unit, newest(journal, unit, cursor), listener, clock);
  }

  /** Where a worker that is given this cursor begins; empty at the beginning of the unit. */
  static Optional<CopyCursor> newest(Journal journal, Unit unit, Optional<CopyCursor> cursor) {
    return journal.checkpoint(unit.id()).or(() -> cursor);
  }

  /** Opens the books as they were at this cursor, whatever was written down afterwards. */
  static CopyLedger at(
      CopyCursor cursor,
      Journal journal,
      Unit unit,
      TransferListener listener,
      InstantSource clock) {
    return new CopyLedger(journal, unit, Optional.of(cursor), listener, clock);
  }

  /** Where the worker begins; empty at the beginning of the unit. */
  Optional<Position> start() {
    return start.map(CopyCursor::position);
  }

  /** Keeps a version map too; to be called before anything is read. */
  void keepVersionMap() {
    versions =
        Optional.of(journal.versionLog(unit.id(), start.map(CopyCursor::versionParts).orElse(0)));
  }

  /** Adds a version to the digest. */
  void read(ObjectVersion version) {
    content.add(digester.of(ObjectLine.of(version)));
  }

  /** Adds a version to the version map. */
  void copiedVersion(CopiedVersion version) {
    versions.orElseThrow().add(version);
  }

  /** Tells of entries that are settled, and are booked later. May be called by any thread. */
  void tell(Tally change) {
    listener.advanced(unit, change);
  }

  /** Books entries that were told of. */
  synchronized void book(Tally change) {
    tally = tally.plus(change);
  }

  /** Books an entry that could not be copied, and was told of. */
  void bookFailed(String entry, String error, String advice) {
    failures.add(new Failure(unit.id(), entry, error, advice));
    book(Tally.ofFailed());
  }

  /** Adds an object to the digest. */
  synchronized void read(ObjectSummary object) {
    content.add(digester.of(ObjectLine.of(object)));
  }

  /** Adds an item, as it goes to the target, to the digest. */
  void read(Item item) {
    content.add(digester.of(item));
  }

  /** Books entries that are settled. */
  void settled(Tally change) {
    book(change);
    tell(change);
  }

  /** Tells of a part of an object, which is booked when it is copied to its end. */
  void copiedPart(long bytes) {
    listener.copiedPart(unit, bytes);
  }

  /** Books an object whose parts were told of before. */
  void copiedInParts(ObjectSummary object) {
    synchronized (this) {
      tally = tally.plus(Tally.ofBytes(object.size()));
    }
    settled(Tally.ofCopied(0));
  }

  /** Books what a copy lacks that its source has. */
  void notCarried(String entry, String what) {
    notCarried.add(new NotCarried(unit.id(), entry, what));
    settled(Tally.ofNotCarried());
  }

  /** Books an object or item that was deleted at the target. */
  void deleted(String key) {
    deletions.add(new Deletion(unit.id(), key));
    settled(Tally.ofDeleted());
  }

  /** Books an archived object that is not to be copied. */
  void leftArchived(String entry, String reason) {
    tell(Tally.ofArchived());
    bookLeftArchived(entry, reason);
  }

  /** Books what is not to be copied because it is archived, and was told of. */
  void bookLeftArchived(String entry, String reason) {
    archived.add(new LeftArchived(unit.id(), entry, reason));
    book(Tally.ofArchived());
  }

  /** Books an entry that could not be copied, or not be deleted. */
  void failed(String entry, String error, String advice) {
    bookFailed(entry, error, advice);
    tell(Tally.ofFailed());
  }

  /** Writes failures down, and every few seconds that everything up to the position is settled. */
  void reached(Position position) {
    writeFullParts();
    if (isCheckpointDue()) {
      journal.saveCheckpoint(unit.id(), cursor(position));
      lastCheckpoint = clock.instant();
    }
  }

  /** Writes down what there is much of, so that memory stays bounded. */
  void writeFullParts() {
    failures.writeFullPart();
    notCarried.writeFullPart();
    versions.ifPresent(RecordLog::writeFullPart);
    deletions.writeFullPart();
    archived.writeFullPart();
  }

  /** Whether it is time to settle what is in flight, and to remember the position. */
  boolean isCheckpointDue() {
    Duration since = Duration.between(lastCheckpoint, clock.instant());
    return since.compareTo(
            unit instanceof Segment ? CHECKPOINT_INTERVAL_OF_TABLE : CHECKPOINT_INTERVAL)
        >= 0;
  }

  /** Closes the books of this worker; the next one opens them at the position. */
  CopyStep pause(Position position) {
    return pause(position, Duration.ZERO);
  }

  /** The same, for the next one to open them after a while. */
  CopyStep pause(Position position, Duration wait) {
    return pause(cursor(position), wait);
  }

  /** Closes the books of this worker as they were at this cursor. */
  CopyStep pause(CopyCursor cursor, Duration wait) {
    journal.saveCheckpoint(unit.id(), cursor);
    return new CopyStep.Paused(cursor, wait);
  }

  /** Closes the books of the unit. */
  CopyStep done() {
    failures.flush();
    notCarried.flush();
    versions.ifPresent(RecordLog::flush);
    deletions.flush();
    archived.flush();
    journal.markDone(new DoneMarker(unit.id(), journal.files().run(), total(), digest()));
    return new CopyStep.Done(total());
  }

  /** Writes everything down, and gives where the next worker would go on. */
  CopyCursor cursor(Position position) {
    return new CopyCursor(
        position,
        total(),
        digest(),
        failures.flush(),
        notCarried.flush(),
        versions.map(RecordLog::flush).orElse(0),
        deletions.flush(),
        archived.flush());
  }

  private synchronized Tally total() {
    return tally;
  }

  private DigestSum digest() {
    return start.map(CopyCursor::digest).orElse(DigestSum.ZERO).plus(content.sum());
  }
}
