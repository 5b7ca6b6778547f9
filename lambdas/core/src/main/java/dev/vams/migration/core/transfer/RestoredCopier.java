package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.Paired;
import dev.vams.migration.core.listing.PairedListing;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import java.time.Duration;
import java.util.Optional;

/**
 * The second way through a key range, for the objects that the first one has asked to be restored:
 * copies them in the order of their keys, and stops at the first that cannot be read yet. So the
 * position is all there is to remember, whatever the number of objects. Used once, by one thread.
 */
final class RestoredCopier {
  private static final int KEYS_PER_STEP = 1000;

  private final ObjectCopier objects;
  private final PartedCopier parts;
  private final InFlight copies;
  private final CopyLedger ledger;
  private final long largestCopy;

  RestoredCopier(
      ObjectCopier objects,
      PartedCopier parts,
      InFlight copies,
      CopyLedger ledger,
      long largestCopy) {
    this.objects = objects;
    this.parts = parts;
    this.copies = copies;
    this.ledger = ledger;
    this.largestCopy = largestCopy;
  }

  /** What became of one object. */
  private enum Outcome {
    SETTLED,
    NOT_RESTORED,
    LATE
  }

  /**
   * Copies what is restored.
   *
   * @param listing what is left of the range
   * @param after where it begins
   */
  CopyStep copy(PairedListing listing, String after, Deadline deadline) {
    String settled = after;
    int keys = 0;
    while (listing.hasNext()) {
      Paired paired = listing.next();
      Optional<ObjectSummary> left = objects.left(paired);
      Outcome outcome = left.map(object -> settle(object, deadline)).orElse(Outcome.SETTLED);
      if (outcome != Outcome.SETTLED) {
        Duration wait = outcome == Outcome.LATE ? Duration.ZERO : objects.look();
        return pause(settled, wait);
      }
      settled = paired.key();
      keys++;
      if (listing.hasNext() && deadline.reached()) {
        return pause(settled, Duration.ZERO);
      }
      if (keys % KEYS_PER_STEP == 0 || ledger.isCheckpointDue()) {
        copies.drain();
        ledger.reached(new Position.AfterRestored(settled));
      }
    }
    copies.drain();
    return ledger.done();
  }

  private CopyStep pause(String settled, Duration wait) {
    copies.drain();
    return ledger.pause(new Position.AfterRestored(settled), wait);
  }

  private Outcome settle(ObjectSummary object, Deadline deadline) {
    if (object.isUnreadable()) {
      boolean isAskedFor = object.restored() == Restored.SOON;
      return !isAskedFor && objects.isRefused(object) ? Outcome.SETTLED : Outcome.NOT_RESTORED;
    }
    if (object.size() > largestCopy) {
      return settleInParts(object, deadline);
    }
    if (object.isTiered()) {
      return objects.settleTiered(object) ? Outcome.SETTLED : Outcome.NOT_RESTORED;
    }
    copies.start(() -> objects.settleRestored(object));
    return Outcome.SETTLED;
  }

  private Outcome settleInParts(ObjectSummary object, Deadline deadline) {
    return switch (objects.settleRestoredInParts(object, parts, deadline)) {
      case SETTLED -> Outcome.SETTLED;
      case NOT_RESTORED -> Outcome.NOT_RESTORED;
      case INTERRUPTED -> Outcome.LATE;
    };
  }
}
