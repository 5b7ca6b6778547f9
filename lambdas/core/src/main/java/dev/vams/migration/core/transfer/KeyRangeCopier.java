package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.listing.Paired;
import dev.vams.migration.core.listing.PairedListing;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.Stack;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Copies the objects of a key range that are not at the target already; where all versions are
 * asked for, {@link HistoryCopier} does. Both sides are listed together, so an object that is
 * already there costs no request of its own. What one call cannot carry is copied in parts. What is
 * far larger than planned is split ({@link RangeSplit}). Safe for use by many threads, and safe to
 * repeat from any cursor.
 *
 * @param window how many copies are in flight at once
 * @param limits what is copied in parts
 * @param clock tells when a checkpoint is due
 * @param backoff how long to wait before a version is written once more
 */
public record KeyRangeCopier(
    Stack source,
    Stack target,
    AimdWindow window,
    TransferLimits limits,
    TransferListener listener,
    InstantSource clock,
    Backoff backoff,
    Pause pause)
    implements UnitCopier<KeyRange> {

  /** How many keys are settled at most before the books are brought up to date. */
  private static final int KEYS_PER_STEP = 1000;

  @Override
  public CopyStep copy(
      Journal journal,
      MigrationPlan plan,
      KeyRange range,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    return new RangeSplit(source, limits, listener, clock)
        .step(journal, plan, range, cursor, deadline)
        .orElseGet(() -> copyRange(journal, plan, range, cursor, deadline));
  }

  private CopyStep copyRange(
      Journal journal,
      MigrationPlan plan,
      KeyRange range,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    if (plan.known(range.descriptor()).allVersions()) {
      return new HistoryCopier(source, target, window, limits, listener, clock, backoff, pause)
          .copy(journal, plan, range, cursor, deadline);
    }
    CopyLedger ledger = CopyLedger.open(journal, range, cursor, listener, clock);
    Optional<Position> start = ledger.start();
    boolean isSecondWay = start.filter(Position.AfterRestored.class::isInstance).isPresent();
    String after =
        start.map(position -> ((Position.InBucket) position).after()).orElse(range.after());
    PairedListing listing = listing(plan, range, after);
    InFlight copies = new InFlight(window);
    ObjectCopier objects = new ObjectCopier(source, target, plan, range, ledger, clock);
    PartedCopier parts =
        new PartedCopier(source.objects(), target.uploads(), journal, limits, copies);
    RestoredCopier restored =
        new RestoredCopier(objects, parts, copies, ledger, limits.largestCopy());
    if (isSecondWay) {
      return restored.copy(listing, after, deadline);
    }
    String settled = after;
    int keys = 0;
    while (listing.hasNext()) {
      Paired paired = listing.next();
      if (!isLarge(paired)) {
        copies.start(() -> objects.settle(paired));
      } else if (!objects.settleInParts(paired, parts, deadline)) {
        return ledger.pause(new Position.AfterKey(settled));
      }
      settled = paired.key();
      keys++;
      boolean isLate = listing.hasNext() && deadline.reached();
      if (isLate || keys % KEYS_PER_STEP == 0 || ledger.isCheckpointDue()) {
        copies.drain();
        Position position = new Position.AfterKey(settled);
        if (isLate) {
          return ledger.pause(position);
        }
        ledger.reached(position);
      }
    }
    copies.drain();
    return objects.restores()
        ? restored.copy(listing(plan, range, range.after()), range.after(), deadline)
        : ledger.done();
  }

  private PairedListing listing(MigrationPlan plan, KeyRange range, String after) {
    return new PairedListing(source, target, plan.bucket(range.descriptor()), range, after);
  }

  private boolean isLarge(Paired paired) {
    if (paired instanceof Paired.OnlySource only) {
      return only.source().size() > limits.largestCopy();
    }
    return paired instanceof Paired.Both both && both.source().size() > limits.largestCopy();
  }
}
