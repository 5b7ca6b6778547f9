package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.Paired;
import dev.vams.migration.core.listing.PairedListing;
import dev.vams.migration.core.listing.SameContent;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.Stack;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Copies the objects of a key range that are not at the target already. Both sides are listed
 * together, so an object that is already there costs no request of its own. Safe for use by many
 * threads, and safe to repeat from any cursor.
 */
public final class KeyRangeCopier implements UnitCopier<KeyRange> {

  /**
   * The largest object of one CopyObject call, 5 GiB in bytes (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>).
   */
  private static final long LARGEST_COPY = 5L << 30;

  /** How many keys are settled at most before the books are brought up to date. */
  private static final int KEYS_PER_STEP = 1000;

  private final Stack source;
  private final Stack target;
  private final TransferLimits limits;
  private final TransferListener listener;
  private final InstantSource clock;

  /**
   * @param limits how many copies are in flight at once
   * @param clock tells when a checkpoint is due
   */
  public KeyRangeCopier(
      Stack source,
      Stack target,
      TransferLimits limits,
      TransferListener listener,
      InstantSource clock) {
    this.source = source;
    this.target = target;
    this.limits = limits;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public CopyStep copy(
      Journal journal,
      MigrationPlan plan,
      KeyRange range,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    CopyLedger ledger = CopyLedger.open(journal, range, cursor, listener, clock);
    String after =
        ledger.start().map(start -> ((Position.AfterKey) start).after()).orElse(range.after());
    BucketPair pair = plan.bucket(range.descriptor());
    IfTargetNotEmpty policy = plan.schema().options().ifTargetNotEmpty();
    PairedListing listing = new PairedListing(source, target, pair, range, after);
    InFlight copies = new InFlight(limits.objectsInFlight());
    int keys = 0;
    while (listing.hasNext()) {
      Paired paired = listing.next();
      copies.start(() -> settle(paired, pair, policy, ledger));
      keys++;
      boolean isLate = listing.hasNext() && deadline.reached();
      if (isLate || keys % KEYS_PER_STEP == 0 || ledger.isCheckpointDue()) {
        copies.drain();
        Position position = new Position.AfterKey(paired.key());
        if (isLate) {
          return ledger.pause(position);
        }
        ledger.reached(position);
      }
    }
    copies.drain();
    return ledger.done();
  }

  private CompletionStage<?> settle(
      Paired paired, BucketPair pair, IfTargetNotEmpty policy, CopyLedger ledger) {
    if (paired instanceof Paired.OnlySource only) {
      ledger.read(only.source());
      return copy(only.source(), pair, ledger);
    }
    if (paired instanceof Paired.Both both) {
      ledger.read(both.source());
      return SameContent.compare(
              source.objects(),
              pair.from(),
              both.source(),
              target.objects(),
              pair.to(),
              both.target())
          .thenCompose(
              same ->
                  switch (CollisionRule.decide(same, both.source(), both.target(), policy)) {
                    case COPY -> copy(both.source(), pair, ledger);
                    case SKIP -> book(ledger, Tally.ofSkipped());
                    case KEEP -> book(ledger, Tally.ofKept());
                  });
    }
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> copy(ObjectSummary object, BucketPair pair, CopyLedger ledger) {
    if (object.size() > LARGEST_COPY) {
      ledger.failed(
          object.key(),
          String.format(
              Locale.ROOT,
              "the object has %,d bytes, and one copy call carries %,d at most",
              object.size(),
              LARGEST_COPY),
          "Copy this object with a tool that copies in parts, then run verify.");
      return CompletableFuture.completedStage(null);
    }
    return target
        .objects()
        .copy(new ObjectCopy(pair.from(), object, pair.to()))
        .thenAccept(
            result -> {
              if (result instanceof CopyResult.Refused refused) {
                ledger.failed(
                    object.key(), refused.error().line(), Advice.forObject(refused.error()));
              } else {
                ledger.settled(Tally.ofCopied(object.size()));
              }
            });
  }

  private static CompletionStage<Void> book(CopyLedger ledger, Tally change) {
    ledger.settled(change);
    return CompletableFuture.completedStage(null);
  }
}
