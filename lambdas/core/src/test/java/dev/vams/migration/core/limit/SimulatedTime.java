package dev.vams.migration.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Time that passes as fast as the work of a test is done: from one end of a wait to the next. For
 * one thread, on which all that waits goes on.
 */
public final class SimulatedTime implements InstantSource, Pause {
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::until).thenComparingLong(Waiting::number));
  private Instant now = ManualClock.START;
  private long waits;

  private record Waiting(Instant until, long number, CompletableFuture<Void> end) {}

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public CompletionStage<Void> after(Duration time) {
    Waiting wait = new Waiting(now.plus(time), waits++, new CompletableFuture<>());
    waiting.add(wait);
    return wait.end();
  }

  /** Lets time pass, with all that happens meanwhile. */
  public void pass(Duration time) {
    Instant end = now.plus(time);
    while (!waiting.isEmpty() && !waiting.peek().until().isAfter(end)) {
      Waiting next = waiting.remove();
      now = next.until();
      next.end().complete(null);
    }
    now = end;
  }
}
