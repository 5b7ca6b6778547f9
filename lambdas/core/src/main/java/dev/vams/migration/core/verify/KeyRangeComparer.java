package dev.vams.migration.core.verify;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.ObjectLine;
import dev.vams.migration.core.listing.Paired;
import dev.vams.migration.core.listing.PairedListing;
import dev.vams.migration.core.listing.SameContent;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.Stack;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Compares the objects of a key range on both sides: by listings, and by checksums where ETags
 * cannot decide. Where all versions are asked for, {@link HistoryComparer} does. Safe for use by
 * many threads.
 */
public final class KeyRangeComparer {
  private static final int KEYS_PER_STEP = 1000;

  private final Stack source;
  private final Stack target;
  private final CompareListener listener;
  private final int fingerprintsInFlight;

  /**
   * @param fingerprintsInFlight how many objects are asked for their checksums at once
   */
  public KeyRangeComparer(
      Stack source, Stack target, CompareListener listener, int fingerprintsInFlight) {
    this.source = source;
    this.target = target;
    this.listener = listener;
    this.fingerprintsInFlight = fingerprintsInFlight;
  }

  /**
   * Compares until the range is done or the deadline is reached.
   *
   * @param cursor where the worker before stopped; empty for the first one
   * @throws dev.vams.migration.core.store.StoreException when a bucket cannot be used at all
   */
  public CompareStep compare(
      Journal journal,
      MigrationPlan plan,
      KeyRange range,
      Optional<CompareCursor> cursor,
      Deadline deadline) {
    if (plan.known(range.descriptor()).allVersions()) {
      return new HistoryComparer(source, target, listener, fingerprintsInFlight)
          .compare(journal, plan, range, cursor, deadline);
    }
    CompareLedger ledger = new CompareLedger(journal, range, cursor, listener);
    String after =
        ledger.start().map(start -> ((Position.AfterKey) start).after()).orElse(range.after());
    BucketPair pair = plan.bucket(range.descriptor());
    PairedListing listing = new PairedListing(source, target, pair, range, after);
    ItemDigest digest = new ItemDigest();
    InFlight comparisons = new InFlight(fingerprintsInFlight);
    int keys = 0;
    while (listing.hasNext()) {
      Paired paired = listing.next();
      if (paired instanceof Paired.OnlySource only) {
        ledger.readSource(digest.of(ObjectLine.of(only.source())));
        String archived =
            only.source().isInArchive()
                ? "; it is archived (" + only.source().storageClass() + ")"
                : "";
        ledger.mismatch(
            only.key(), Mismatch.Kind.MISSING, "the target has no such object" + archived);
        ledger.compared(1, only.source().size());
      } else if (paired instanceof Paired.OnlyTarget only) {
        ledger.readTarget(digest.of(ObjectLine.of(only.target())));
        ledger.extra();
        ledger.compared(1, 0);
      } else if (paired instanceof Paired.Both both) {
        ledger.readSource(digest.of(ObjectLine.of(both.source())));
        ledger.readTarget(digest.of(ObjectLine.of(both.target())));
        comparisons.start(
            () ->
                compare(both, pair, ledger)
                    .thenRun(() -> ledger.compared(1, both.source().size())));
      }
      keys++;
      if (listing.hasNext() && deadline.reached()) {
        comparisons.drain();
        return ledger.pause(new Position.AfterKey(paired.key()));
      }
      if (keys % KEYS_PER_STEP == 0) {
        ledger.stepped();
      }
    }
    comparisons.drain();
    return ledger.done();
  }

  private CompletionStage<Void> compare(Paired.Both both, BucketPair pair, CompareLedger ledger) {
    if (both.source().size() != both.target().size()) {
      ledger.mismatch(
          both.key(),
          Mismatch.Kind.DIFFERENT,
          String.format(
              Locale.ROOT,
              "%,d bytes at the source, %,d at the target",
              both.source().size(),
              both.target().size()));
      return CompletableFuture.completedStage(null);
    }
    return SameContent.compare(
            source.objects(),
            pair.from(),
            both.source(),
            target.objects(),
            pair.to(),
            both.target())
        .thenAccept(
            same -> {
              if (same == SameContent.NO) {
                ledger.mismatch(
                    both.key(),
                    Mismatch.Kind.DIFFERENT,
                    "equal sizes, different checksums or ETags");
              } else if (same == SameContent.UNKNOWN) {
                ledger.sizeOnly();
              }
            });
  }
}
