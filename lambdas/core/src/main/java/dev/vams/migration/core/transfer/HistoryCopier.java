package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.listing.History;
import dev.vams.migration.core.listing.PairedHistories;
import dev.vams.migration.core.listing.PairedHistory;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.transfer.HistorySettler.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Copies all versions of the objects of a key range. Many keys are settled side by side, each by a
 * thread of its own, because one version has to be there before the next one is written. They are
 * booked in the order of their keys: so the version map is sorted, and a worker that is stopped in
 * the middle of a key leaves it to the next one as if it had not begun.
 *
 * <p>What does not fit in memory or needs parts is settled by the worker's own thread, one key at a
 * time.
 *
 * <p>Where archived versions are restored, there are two ways through the range: the first one asks
 * for them, and writes nothing. The second one copies, and stops at the first key that is not
 * restored: what is behind it would come into the version map before it.
 */
record HistoryCopier(
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

  /** The same in versions of both sides: what is not booked is in memory, some 300 bytes each. */
  private static final int VERSIONS_PER_STEP = 20_000;

  /** How many entries of the books are added at most before full parts of them are written. */
  private static final int ENTRIES_PER_PART = 1000;

  /** A key that is being settled, and what is to be booked of it once it is. */
  private static final class Settling {
    private final String key;
    private final List<Consumer<CopyLedger>> entries = new ArrayList<>();

    /** How many versions both sides have. */
    private final long versions;

    /** Until it has ended, it has not. Once it says so, the entries are complete. */
    private volatile Outcome outcome = Outcome.LATE;

    Settling(String key, long versions) {
      this.key = key;
      this.versions = versions;
    }
  }

  @Override
  public CopyStep copy(
      Journal journal,
      MigrationPlan plan,
      KeyRange range,
      Optional<CopyCursor> cursor,
      Deadline deadline) {
    CopyLedger ledger = CopyLedger.open(journal, range, cursor, listener, clock);
    ledger.keepVersionMap();
    ExecutorService threads = Executors.newCachedThreadPool();
    AtomicBoolean isOver = new AtomicBoolean();
    Deadline deadlineOrEnd = () -> isOver.get() || deadline.reached();
    try {
      return new Worker(journal, plan, range, ledger, deadlineOrEnd, threads).work();
    } finally {
      isOver.set(true);
      awaitEnd(threads);
    }
  }

  /**
   * Lets no thread write after this worker has failed: its repetition would look at the target
   * before and write the same version once more.
   */
  private static void awaitEnd(ExecutorService threads) {
    threads.shutdown();
    try {
      while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        // A call has an end: its answer, or the client's limit of waiting for one.
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** One worker's way through the range. */
  private final class Worker {
    private final CopyLedger ledger;
    private final Deadline deadline;
    private final ExecutorService threads;
    private final InFlight copies;
    private final HistorySettler settler;
    private final Deque<Settling> unbooked = new ArrayDeque<>();
    private final KeyRange range;
    private final BucketPair pair;
    private final IfArchived archived;
    private final Duration look;
    private PairedHistories listing;
    private long unbookedVersions;
    private long bookedEntries;

    /** Whether this way only asks for what is archived. */
    private boolean isAsking;

    /** The last key that is done with on this way. */
    private String booked;

    Worker(
        Journal journal,
        MigrationPlan plan,
        KeyRange range,
        CopyLedger ledger,
        Deadline deadline,
        ExecutorService threads) {
      this.ledger = ledger;
      this.deadline = deadline;
      this.threads = threads;
      this.range = range;
      pair = plan.bucket(range.descriptor());
      archived = plan.schema().options().archived();
      look = plan.schema().options().restore().tier().look();
      isAsking =
          archived == IfArchived.RESTORE
              && !(ledger.start().orElse(null) instanceof Position.AfterRestored);
      begin(ledger.start().map(start -> ((Position.InBucket) start).after()).orElse(range.after()));
      copies = new InFlight(window);
      settler =
          new HistorySettler(
              source,
              target,
              plan,
              range,
              new ObjectCopier(source, target, plan, range, ledger, clock),
              new PartedCopier(source.objects(), target.uploads(), journal, limits, copies),
              ledger,
              limits.largestCopy(),
              backoff,
              pause);
    }

    private void begin(String after) {
      booked = after;
      listing = new PairedHistories(source, target, pair, range, after);
    }

    CopyStep work() {
      if (isAsking) {
        if (!askForAll()) {
          return ledger.pause(position());
        }
        isAsking = false;
        begin(range.after());
      }
      return copyAll();
    }

    /** Returns whether it came to the end; otherwise the deadline was reached. */
    private boolean askForAll() {
      int keys = 0;
      while (listing.hasNext()) {
        PairedHistory next = listing.next();
        if (isArchived(next)) {
          copies.start(() -> CompletableFuture.runAsync(() -> settler.ask(next), threads));
        }
        booked = next.key();
        boolean isLate = listing.hasNext() && deadline.reached();
        if (isLate || ++keys % KEYS_PER_STEP == 0 || ledger.isCheckpointDue()) {
          copies.drain();
          if (isLate) {
            return false;
          }
          ledger.reached(position());
        }
      }
      copies.drain();
      return true;
    }

    private CopyStep copyAll() {
      while (listing.hasNext()) {
        PairedHistory next = listing.next();
        if (isOneOfMany(next)) {
          settleBesideOthers(next);
        } else {
          Outcome others = bookAll();
          if (others != Outcome.SETTLED) {
            return pause(others);
          }
          CopyCursor before = ledger.cursor(position());
          Outcome outcome = settleAlone(next);
          if (outcome != Outcome.SETTLED) {
            return ledger.pause(before, waitFor(outcome));
          }
        }
        boolean isLate = listing.hasNext() && deadline.reached();
        if (isLate || unbooked.size() >= KEYS_PER_STEP || unbookedVersions >= VERSIONS_PER_STEP) {
          Outcome outcome = bookAll();
          if (isLate || outcome != Outcome.SETTLED) {
            return pause(outcome);
          }
          ledger.reached(position());
        } else if (ledger.isCheckpointDue()) {
          bookSettled();
          ledger.reached(position());
        }
      }
      Outcome outcome = bookAll();
      return outcome == Outcome.SETTLED ? ledger.done() : pause(outcome);
    }

    private CopyStep pause(Outcome outcome) {
      return ledger.pause(position(), waitFor(outcome));
    }

    private Duration waitFor(Outcome outcome) {
      return outcome == Outcome.NOT_RESTORED ? look : Duration.ZERO;
    }

    /** What may have to wait is settled when nothing behind it has begun. */
    private boolean isOneOfMany(PairedHistory next) {
      return next.isHeld()
          && next.source().map(History::largest).orElse(0L) <= limits.largestCopy()
          && (archived != IfArchived.RESTORE || !isArchived(next));
    }

    private static boolean isArchived(PairedHistory next) {
      return next.source().filter(History::isArchived).isPresent();
    }

    private void settleBesideOthers(PairedHistory next) {
      Settling settling = new Settling(next.key(), next.count());
      unbooked.add(settling);
      unbookedVersions += next.count();
      copies.start(
          () ->
              CompletableFuture.runAsync(
                  () -> settling.outcome = settler.settle(next, deadline, settling.entries::add),
                  threads));
    }

    /** Settles a key of any size and books it as it goes; if it is not settled, in vain. */
    private Outcome settleAlone(PairedHistory next) {
      Outcome outcome = settler.settle(next, deadline, this::book);
      if (outcome == Outcome.SETTLED) {
        booked = next.key();
      }
      return outcome;
    }

    private void book(Consumer<CopyLedger> entry) {
      entry.accept(ledger);
      if (++bookedEntries % ENTRIES_PER_PART == 0) {
        ledger.writeFullParts();
      }
    }

    /** Waits for all keys, books them up to the first that is not settled, and gives why not. */
    private Outcome bookAll() {
      copies.drain();
      bookSettled();
      return unbooked.isEmpty() ? Outcome.SETTLED : unbooked.peek().outcome;
    }

    /** Books keys up to the first that is not settled, and waits for none. */
    private void bookSettled() {
      while (!unbooked.isEmpty() && unbooked.peek().outcome == Outcome.SETTLED) {
        Settling settled = unbooked.remove();
        settled.entries.forEach(this::book);
        booked = settled.key;
        unbookedVersions -= settled.versions;
      }
    }

    private Position position() {
      return archived == IfArchived.RESTORE && !isAsking
          ? new Position.AfterRestored(booked)
          : new Position.AfterKey(booked);
    }
  }
}
