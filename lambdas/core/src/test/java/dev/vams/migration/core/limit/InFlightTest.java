package dev.vams.migration.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final StoreException fault =
      new StoreException("listing bucket b", new StoreError("X", "y", StoreError.Scope.UNIT));

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void neverHasMoreCallsInFlightThanTheLimit() {
    InFlight inFlight = new InFlight(3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    for (int i = 0; i < 200; i++) {
      inFlight.start(
          () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            return CompletableFuture.runAsync(now::decrementAndGet, threads);
          });
    }
    inFlight.drain();

    assertThat(most.get()).isBetween(1, 3);
    assertThat(now.get()).isZero();
  }

  @Test
  void waitsForACallToCompleteAtTheLimit() throws InterruptedException {
    InFlight inFlight = new InFlight(2);
    Queue<CompletableFuture<Void>> calls = new ArrayDeque<>();
    for (int i = 0; i < 2; i++) {
      CompletableFuture<Void> call = new CompletableFuture<>();
      calls.add(call);
      inFlight.start(() -> call);
    }
    Semaphore started = new Semaphore(0);
    CompletableFuture<Void> third =
        CompletableFuture.runAsync(
            () ->
                inFlight.start(
                    () -> {
                      started.release();
                      return CompletableFuture.completedStage(null);
                    }),
            threads);
    assertThat(started.tryAcquire()).isFalse();

    calls.remove().complete(null);

    third.join();
    started.acquire();
    calls.remove().complete(null);
    inFlight.drain();
  }

  @Test
  void drainGivesTheFirstErrorUnwrapped() {
    InFlight inFlight = new InFlight(2);
    inFlight.start(() -> CompletableFuture.failedStage(new CompletionException(fault)));

    assertThatThrownBy(inFlight::drain).isSameAs(fault);
  }

  @Test
  void startsNothingAfterAnError() {
    InFlight inFlight = new InFlight(2);
    inFlight.start(() -> CompletableFuture.failedStage(fault));
    AtomicInteger started = new AtomicInteger();

    assertThatThrownBy(
            () ->
                inFlight.start(
                    () -> {
                      started.incrementAndGet();
                      return CompletableFuture.completedStage(null);
                    }))
        .isSameAs(fault);

    assertThat(started.get()).isZero();
  }

  @Test
  void theFirstErrorIsTheOneThatIsKept() {
    InFlight inFlight = new InFlight(2);
    CompletableFuture<Void> late = new CompletableFuture<>();
    inFlight.start(() -> late);
    inFlight.start(() -> CompletableFuture.failedStage(fault));
    late.completeExceptionally(new IllegalStateException("later"));

    assertThatThrownBy(inFlight::drain).isSameAs(fault);
  }

  @Test
  void anExceptionThrownInsideACompositionIsNotLost() {
    InFlight inFlight = new InFlight(1);
    inFlight.start(
        () ->
            CompletableFuture.completedStage("x")
                .thenCompose(
                    x -> {
                      throw fault;
                    })
                .thenCompose(CompletableFuture::completedStage));

    assertThatThrownBy(inFlight::drain).isSameAs(fault);
  }

  @Test
  void aCallThatThrowsAtOnceHoldsNoPlace() {
    InFlight inFlight = new InFlight(1);

    assertThatThrownBy(
            () ->
                inFlight.start(
                    () -> {
                      throw fault;
                    }))
        .isSameAs(fault);

    assertThatCode(inFlight::drain).doesNotThrowAnyException();
  }

  @Test
  void canBeUsedAgainAfterDraining() {
    InFlight inFlight = new InFlight(1);
    inFlight.start(() -> CompletableFuture.completedStage(null));
    inFlight.drain();
    inFlight.start(() -> CompletableFuture.completedStage(null));

    assertThatCode(inFlight::drain).doesNotThrowAnyException();
  }

  @Test
  void anInterruptedWaitIsCancelledAndStaysInterrupted() {
    InFlight inFlight = new InFlight(1);
    inFlight.start(CompletableFuture::new);
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CancellationException.class).isThrownBy(inFlight::drain);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptedAwaitIsCancelledAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> InFlight.await(new CompletableFuture<>()));

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void awaitGivesTheValueOrTheExceptionUnwrapped() {
    assertThat(InFlight.await(CompletableFuture.completedStage("x"))).isEqualTo("x");
    assertThatThrownBy(
            () -> InFlight.await(CompletableFuture.failedStage(new CompletionException(fault))))
        .isSameAs(fault);
  }
}
