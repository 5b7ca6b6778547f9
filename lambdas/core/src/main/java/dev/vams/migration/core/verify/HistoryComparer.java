package dev.vams.migration.core.verify;

import dev.vams.migration.core.digest.ItemDigest;
import dev.vams.migration.core.journal.CompareCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.History;
import dev.vams.migration.core.listing.ObjectLine;
import dev.vams.migration.core.listing.PairedHistories;
import dev.vams.migration.core.listing.PairedHistory;
import dev.vams.migration.core.listing.SameContent;
import dev.vams.migration.core.listing.VersionMatch;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Stack;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Compares the histories of a key range: as many versions and delete markers, in the same order,
 * with the same sizes, and equal ETags or checksums. Names each that is missing, different or
 * surplus. What the target had before the copy is extra under OVERWRITE, which puts the source's
 * history over it, and surplus otherwise. Keys that the source does not have are extra.
 *
 * <p>Of a mirror, only the latter are, while they are not deleted: it deletes no versions, so what
 * it keeps of what was is as it should be.
 */
final class HistoryComparer {
  /** How many keys are compared at most before mismatches are written down. */
  private static final int KEYS_PER_STEP = 1000;

  /** The same in versions of both sides: each may be a mismatch, some 300 bytes. */
  private static final int VERSIONS_PER_STEP = 20_000;

  private final Stack source;
  private final Stack target;
  private final CompareListener listener;
  private final int keysInFlight;

  HistoryComparer(Stack source, Stack target, CompareListener listener, int keysInFlight) {
    this.source = source;
    this.target = target;
    this.listener = listener;
    this.keysInFlight = keysInFlight;
  }

  /** See {@link KeyRangeComparer#compare}. */
  CompareStep compare(
      Journal journal,
      MigrationPlan plan,
      KeyRange range,
      Optional<CompareCursor> cursor,
      Deadline deadline) {
    CompareLedger ledger = new CompareLedger(journal, range, cursor, listener);
    String after =
        ledger.start().map(start -> ((Position.AfterKey) start).after()).orElse(range.after());
    BucketPair pair = plan.bucket(range.descriptor());
    PairedHistories listing = new PairedHistories(source, target, pair, range, after);
    boolean mayHaveMore = plan.schema().options().ifTargetNotEmpty().replaces();
    boolean isMirror = plan.schema().options().deleteExtraneous();
    InFlight comparisons = new InFlight(keysInFlight);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      int keys = 0;
      long versions = 0;
      while (listing.hasNext()) {
        PairedHistory next = listing.next();
        Histories histories = new Histories(next, pair, mayHaveMore, isMirror, ledger);
        if (next.isHeld()) {
          comparisons.start(() -> CompletableFuture.runAsync(histories::compare, threads));
        } else {
          histories.compare();
        }
        keys++;
        versions += next.count();
        if (listing.hasNext() && deadline.reached()) {
          comparisons.drain();
          return ledger.pause(new Position.AfterKey(next.key()));
        }
        if (keys >= KEYS_PER_STEP || versions >= VERSIONS_PER_STEP) {
          ledger.stepped();
          keys = 0;
          versions = 0;
        }
      }
      comparisons.drain();
      return ledger.done();
    } finally {
      threads.shutdownNow();
    }
  }

  /** The histories of one key. */
  private final class Histories {
    private final PairedHistory histories;
    private final boolean mayHaveMore;
    private final boolean isMirror;
    private final CompareLedger ledger;
    private final VersionMatch match;
    private final ItemDigest digest = new ItemDigest();
    private final Ahead here;
    private final Ahead there;

    /** The last of the target's versions with the content of the source's; null if none has it. */
    private ObjectVersion recognised;

    Histories(
        PairedHistory histories,
        BucketPair pair,
        boolean mayHaveMore,
        boolean isMirror,
        CompareLedger ledger) {
      this.histories = histories;
      this.mayHaveMore = mayHaveMore;
      this.isMirror = isMirror;
      this.ledger = ledger;
      match = new VersionMatch(source, target, pair);
      here = new Ahead(History.oldestFirst(histories.source(), source.objects(), pair.from()));
      there = new Ahead(History.oldestFirst(histories.target(), target.objects(), pair.to()));
    }

    void compare() {
      skipWhatWasBefore();
      long compared = 0;
      while (here.hasNext() || there.hasNext()) {
        // Only the worker's own thread may write, and only it compares what is not held.
        if (!histories.isHeld() && ++compared % VERSIONS_PER_STEP == 0) {
          ledger.stepped();
        }
        if (!there.hasNext()) {
          missing();
        } else if (!here.hasNext()) {
          surplus();
        } else {
          compareNext();
        }
      }
    }

    private void skipWhatWasBefore() {
      Optional<History> atSource = histories.source();
      Optional<History> atTarget = histories.target();
      if (atSource.isEmpty()) {
        while (there.hasNext()) {
          extra();
        }
      } else if (mayHaveMore && atSource.get().isHeld() && atTarget.isPresent()) {
        List<ObjectVersion> copies = match.copies(atSource.get().held(), atTarget.get().held());
        // Where nothing is the source's, its first version is looked for at the first place.
        while (!copies.isEmpty() && !there.peek().equals(copies.get(0))) {
          extra();
        }
      }
    }

    /** If one side lacks a version, its next one is found one place further on at the other. */
    private void compareNext() {
      SameContent same = match.compare(here.peek(), there.peek());
      if (same != SameContent.NO) {
        if (same == SameContent.UNKNOWN) {
          ledger.sizeOnly();
        }
        recognised = there.peek();
        readHere();
        readThere();
      } else if (recognised != null && match.isRepetition(recognised, there.peek())) {
        surplus();
      } else if (there.second().filter(next -> match.isCopy(here.peek(), next)).isPresent()) {
        surplus();
      } else if (here.second().filter(next -> match.isCopy(next, there.peek())).isPresent()) {
        missing();
      } else {
        ledger.mismatch(
            histories.key(),
            Mismatch.Kind.DIFFERENT,
            "%s is %s at the source, %s at the target (version %s)"
                .formatted(
                    name(here),
                    describe(here.peek()),
                    describe(there.peek()),
                    there.peek().versionId()));
        readHere();
        readThere();
      }
    }

    private void missing() {
      ledger.mismatch(
          histories.key(),
          Mismatch.Kind.MISSING,
          "%s, %s, is not at the target%s"
              .formatted(name(here), describe(here.peek()), archived(here.peek())));
      readHere();
    }

    private void surplus() {
      ledger.mismatch(
          histories.key(),
          Mismatch.Kind.SURPLUS,
          "the target's %s, %s, is not in the source's history"
              .formatted(name(there), describe(there.peek())));
      readThere();
    }

    private void extra() {
      if (!isMirror || histories.isExtraneous()) {
        ledger.extra();
      }
      readThere();
    }

    private void readHere() {
      ObjectVersion version = here.next();
      ledger.readSource(digest.of(ObjectLine.of(version)));
      ledger.deleteMarkers(version.isDeleteMarker() ? 1 : 0, 0);
      ledger.compared(1, version.size());
    }

    private void readThere() {
      ObjectVersion version = there.next();
      ledger.readTarget(digest.of(ObjectLine.of(version)));
      ledger.deleteMarkers(0, version.isDeleteMarker() ? 1 : 0);
      if (histories.source().isEmpty()) {
        ledger.compared(1, 0);
      }
    }

    private String name(Ahead side) {
      return String.format(Locale.ROOT, "version %,d (%s)", side.number(), side.peek().versionId());
    }
  }

  private static String archived(ObjectVersion version) {
    return version.object().isUnreadable()
        ? "; it is archived (%s)".formatted(version.storageClass())
        : "";
  }

  private static String describe(ObjectVersion version) {
    return version.isDeleteMarker()
        ? "a delete marker"
        : String.format(Locale.ROOT, "%,d bytes with the ETag %s", version.size(), version.etag());
  }

  /** A history, its next two versions known. */
  private static final class Ahead {
    private final Iterator<ObjectVersion> rest;
    private final Deque<ObjectVersion> known = new ArrayDeque<>();
    private long read;

    Ahead(Iterator<ObjectVersion> rest) {
      this.rest = rest;
      fill();
    }

    private void fill() {
      while (known.size() < 2 && rest.hasNext()) {
        known.add(rest.next());
      }
    }

    boolean hasNext() {
      return !known.isEmpty();
    }

    ObjectVersion peek() {
      return known.getFirst();
    }

    Optional<ObjectVersion> second() {
      return known.size() < 2 ? Optional.empty() : Optional.of(known.getLast());
    }

    /** The place of the next one in its history, from 1. */
    long number() {
      return read + 1;
    }

    ObjectVersion next() {
      ObjectVersion next = known.remove();
      read++;
      fill();
      return next;
    }
  }
}
