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
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.Stack;
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
 */
final class HistoryCopier implements UnitCopier<KeyRange> {

  /** How many keys are settled at most before the books are brought up to date. */
  private static final int KEYS_PER_STEP = 1000;

  /** The same in versions of both sides: what is not booked is in memory, some 300 bytes each. */
  private static final int VERSIONS_PER_STEP = 20_000;

  private final Stack source;
  private final Stack target;
  private final AimdWindow window;
  private final TransferLimits limits;
  private final TransferListener listener;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Pause pause;

  HistoryCopier(
      Stack source,
      Stack target,
      AimdWindow window,
      TransferLimits limits,
      TransferListener listener,
      InstantSource clock,
      Backoff backoff,
      Pause pause) {
    this.source = source;
    this.target = target;
    this.window = window;
    this.limits = limits;
    this.listener = listener;
    this.clock = clock;
    this.backoff = backoff;
    this.pause = pause;
  }

  /** A key that is being settled, and what is to be booked of it once it is. */
  private static final class Settling {
    private final String key;
    private final List<Consumer<CopyLedger>> entries = new ArrayList<>();
    private boolean isSettled;

    Settling(String key) {
      this.key = key;
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
    private final PairedHistories listing;
    private final InFlight copies;
    private final HistorySettler settler;
    private final Deque<Settling> unbooked = new ArrayDeque<>();
    private long unbookedVersions;

    /** The last key that is booked. */
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
      booked =
          ledger.start().map(start -> ((Position.AfterKey) start).after()).orElse(range.after());
      listing = new PairedHistories(source, target, plan.bucket(range.descriptor()), range, booked);
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

    CopyStep work() {
      while (listing.hasNext()) {
        PairedHistory next = listing.next();
        if (isOneOfMany(next)) {
          settleBesideOthers(next);
        } else if (!bookAll() || !settleAlone(next)) {
          return ledger.pause(alone.orElseGet(() -> ledger.cursor(position())));
        }
        boolean isLate = listing.hasNext() && deadline.reached();
        if (isLate
            || unbooked.size() >= KEYS_PER_STEP
            || unbookedVersions >= VERSIONS_PER_STEP
            || ledger.isCheckpointDue()) {
          if (!bookAll() || isLate) {
            return ledger.pause(position());
          }
          ledger.reached(position());
        }
      }
      return bookAll() ? ledger.done() : ledger.pause(position());
    }

    private boolean isOneOfMany(PairedHistory next) {
      return next.isHeld()
          && next.source().map(History::largest).orElse(0L) <= limits.largestCopy();
    }

    private void settleBesideOthers(PairedHistory next) {
      Settling settling = new Settling(next.key());
      unbooked.add(settling);
      unbookedVersions += next.count();
      copies.start(
          () ->
              CompletableFuture.runAsync(
                  () -> settling.isSettled = settler.settle(next, deadline, settling.entries::add),
                  threads));
    }

    /** The cursor before a key that was left in the middle. */
    private Optional<CopyCursor> alone = Optional.empty();

    /**
     * Settles a key of any size and books it as it goes.
     *
     * @return whether it is settled; otherwise the deadline was reached, and the books are void
     */
    private boolean settleAlone(PairedHistory next) {
      CopyCursor before = ledger.cursor(position());
      int[] entries = {0};
      boolean isSettled =
          settler.settle(
              next,
              deadline,
              entry -> {
                entry.accept(ledger);
                if (++entries[0] % KEYS_PER_STEP == 0) {
                  ledger.writeFullParts();
                }
              });
      if (isSettled) {
        booked = next.key();
      } else {
        alone = Optional.of(before);
      }
      return isSettled;
    }

    /**
     * Waits for all keys, and books them up to the first that is not settled.
     *
     * @return whether all of them are
     */
    private boolean bookAll() {
      copies.drain();
      while (!unbooked.isEmpty() && unbooked.peek().isSettled) {
        Settling settled = unbooked.remove();
        settled.entries.forEach(entry -> entry.accept(ledger));
        booked = settled.key;
      }
      unbookedVersions = 0;
      return unbooked.isEmpty();
    }

    private Position position() {
      return new Position.AfterKey(booked);
    }
  }
}
