package dev.vams.migration.core.transfer;

import static java.util.stream.Collectors.toSet;

import dev.vams.migration.core.digest.CanonicalKeys;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.store.BatchResult;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemSize;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends items in full batches, several at once. What the service leaves unprocessed comes back
 * after a while and goes into a later batch, until nothing is left; a refused batch is halved until
 * the item to blame stands alone. No item is in two batches at once, or twice in one.
 *
 * <p>{@link #giveBack} may be called by any thread; the rest belongs to the worker's own, which
 * waits while enough batches are in flight.
 */
final class Batches {

  /**
   * How many bytes of items close a batch that is not full, so that memory is bounded for items of
   * any size: 256 KiB. With smaller ones than 10 KiB all batches are full, and the service's limit
   * of 16 MB for a batch is never reached.
   */
  private static final int MOST_BYTES = 256 << 10;

  /**
   * How often an item is sent when the service keeps leaving it unprocessed: with the backoff of
   * five seconds at most, a few minutes. Then the workflow repeats the unit later.
   */
  private static final int MOST_ATTEMPTS = 60;

  private final String tableName;
  private final List<String> keyNames;
  private final Call call;
  private final Booking booking;
  private final InFlight inFlight;
  private final Backoff backoff;
  private final Pause pause;
  private final Queue<Sent> returned = new ConcurrentLinkedQueue<>();
  private List<Sent> batch = new ArrayList<>();
  private long batchBytes;

  /** How a batch is sent. */
  @FunctionalInterface
  interface Call {
    CompletionStage<BatchResult> send(List<Item> items);
  }

  /** What is written down of items. */
  interface Booking {

    /** The service has taken so many. */
    void taken(List<Outgoing> items);

    /** The service refuses this one. */
    void refused(Outgoing item, StoreError error);
  }

  /** An item that was sent so many times. */
  private record Sent(Outgoing outgoing, int attempts) {}

  Batches(
      String tableName,
      List<String> keyNames,
      Call call,
      Booking booking,
      InFlight inFlight,
      Backoff backoff,
      Pause pause) {
    this.tableName = tableName;
    this.keyNames = keyNames;
    this.call = call;
    this.booking = booking;
    this.inFlight = inFlight;
    this.backoff = backoff;
    this.pause = pause;
  }

  /** Puts an item into the next batch, and sends that when it is full. */
  void add(Outgoing item) {
    takeReturned();
    add(new Sent(item, 0));
  }

  /** Has an item put into a later batch. */
  void giveBack(Outgoing item) {
    returned.add(new Sent(item, 0));
  }

  /** Sends what was given back. */
  void takeReturned() {
    for (Sent sent = returned.poll(); sent != null; sent = returned.poll()) {
      add(sent);
    }
  }

  /** Sends everything, and waits until it is booked. */
  void drain() {
    do {
      takeReturned();
      sendBatch();
      inFlight.drain();
    } while (!returned.isEmpty());
  }

  private void add(Sent sent) {
    long size = ItemSize.of(sent.outgoing().item());
    if (batch.size() == ItemTable.WRITE_BATCH_SIZE
        || (!batch.isEmpty() && batchBytes + size > MOST_BYTES)) {
      sendBatch();
    }
    batch.add(sent);
    batchBytes += size;
  }

  private void sendBatch() {
    if (!batch.isEmpty()) {
      List<Sent> items = batch;
      batch = new ArrayList<>();
      batchBytes = 0;
      inFlight.start(() -> send(items));
    }
  }

  private CompletionStage<Void> send(List<Sent> items) {
    return call.send(items.stream().map(sent -> sent.outgoing().item()).toList())
        .thenCompose(
            result -> {
              if (result instanceof BatchResult.Refused refused) {
                return isolate(items, refused.error());
              }
              return book(items, ((BatchResult.Taken) result).unprocessed());
            });
  }

  private CompletionStage<Void> book(List<Sent> items, List<Item> unprocessed) {
    if (unprocessed.isEmpty()) {
      booking.taken(items.stream().map(Sent::outgoing).toList());
      return CompletableFuture.completedStage(null);
    }
    CanonicalKeys keys = new CanonicalKeys(keyNames);
    Set<String> left = unprocessed.stream().map(keys::of).collect(toSet());
    List<Outgoing> taken = new ArrayList<>();
    List<Sent> again = new ArrayList<>();
    int attempts = 0;
    for (Sent sent : items) {
      if (left.remove(keys.of(sent.outgoing().item()))) {
        again.add(new Sent(sent.outgoing(), sent.attempts() + 1));
        attempts = Math.max(attempts, sent.attempts() + 1);
      } else {
        taken.add(sent.outgoing());
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException(
          "table %s left items unprocessed that it was not sent".formatted(tableName));
    }
    booking.taken(taken);
    if (attempts >= MOST_ATTEMPTS) {
      throw new StoreException(
          "writing to table " + tableName,
          new StoreError(
              "UnprocessedItems",
              "items were still unprocessed after %s attempts".formatted(attempts),
              StoreError.Scope.TRANSIENT));
    }
    return pause.after(backoff.delay(attempts)).thenAccept(passed -> returned.addAll(again));
  }

  private CompletionStage<Void> isolate(List<Sent> items, StoreError error) {
    if (items.size() == 1) {
      booking.refused(items.get(0).outgoing(), error);
      return CompletableFuture.completedStage(null);
    }
    int half = items.size() / 2;
    return send(items.subList(0, half))
        .thenCompose(firstHalf -> send(items.subList(half, items.size())));
  }
}
