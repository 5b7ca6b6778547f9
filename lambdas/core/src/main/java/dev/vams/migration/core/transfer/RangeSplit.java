package dev.vams.migration.core.transfer;

import dev.vams.migration.core.inventory.KeyRangeSplitter;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Split;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.Stack;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a key range that one worker did not finish: if what is left is far larger than
 * planned, it is split into shares, and once they are copied its books are closed. A worker looks
 * before it copies, when it has all its time, and also where the one before was killed. Safe for
 * use by many threads, and safe to repeat: the split that was written down first stands.
 */
final class RangeSplit {
  private final TransferListener listener;
  private final InstantSource clock;
  private final KeyRangeSplitter splitter;

  RangeSplit(Stack source, TransferLimits limits, TransferListener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
    splitter = new KeyRangeSplitter(source.objects(), limits.split());
  }

  /**
   * The worker's step, if the range is split.
   *
   * @param cursor where the worker before stopped; empty for the first one
   * @return empty if the worker is to copy the range itself
   */
  Optional<CopyStep> step(
      Journal journal,
      MigrationPlan plan,
      KeyRange range,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    return !maySplit(plan, range)
        ? Optional.empty()
        : CopyLedger.newest(journal, range, cursor)
            .flatMap(
                start ->
                    journal
                        .split(range.id())
                        .or(() -> split(journal, plan, range, start, deadline)))
            .map(split -> step(journal, plan, range, split));
  }

  /**
   * Workflows do not nest: a share is left to one worker after another. A range whose archived
   * objects are restored is gone through twice, which shares of its rest would cut short. And where
   * requests are kept to a rate, more workers are no faster.
   */
  private static boolean maySplit(MigrationPlan plan, KeyRange range) {
    Options options = plan.schema().options();
    return !range.isShare()
        && options.archived() != IfArchived.RESTORE
        && options.maxRequestsPerSecond().isEmpty();
  }

  private Optional<Split> split(
      Journal journal, MigrationPlan plan, KeyRange range, CopyCursor start, Deadline deadline) {
    if (deadline.reached()) {
      return Optional.empty();
    }
    List<KeyRange> shares =
        splitter.split(
            plan.bucket(range.descriptor()).from(),
            range,
            ((Position.InBucket) start.position()).after(),
            plan.known(range.descriptor()).estimate(),
            deadline);
    if (shares.isEmpty()) {
      return Optional.empty();
    }
    Split split = new Split(range.id(), start, shares);
    journal.saveSplit(split);
    return Optional.of(split);
  }

  private CopyStep step(Journal journal, MigrationPlan plan, KeyRange range, Split split) {
    List<KeyRange> left = new ArrayList<>();
    CopyCursor whole = split.cursor();
    for (KeyRange share : split.shares()) {
      Optional<DoneMarker> done = journal.done(share.id());
      if (done.isPresent()) {
        whole = whole.plus(done.get());
      } else {
        left.add(share);
      }
    }
    if (!left.isEmpty()) {
      return new CopyStep.Split(split.cursor(), left);
    }
    CopyLedger ledger = CopyLedger.at(whole, journal, range, listener, clock);
    if (plan.known(range.descriptor()).allVersions()) {
      ledger.keepVersionMap();
    }
    return ledger.done();
  }
}
