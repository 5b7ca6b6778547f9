package dev.vams.migration.local.sample;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Sends asynchronous requests, only so many at once. The first failure stops the sending. For one
 * thread, once.
 */
final class BoundedRequests {

  private final int limit;
  private final Semaphore permits;
  private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();

  BoundedRequests(int limit) {
    this.limit = limit;
    this.permits = new Semaphore(limit);
  }

  /**
   * Sends a request as soon as there is room for it.
   *
   * @throws CompletionException if an earlier request has failed
   */
  void send(Supplier<? extends CompletableFuture<?>> request) throws InterruptedException {
    permits.acquire();
    requireNoFailure();
    // The failure is kept by the callback, so the future itself is not needed.
    CompletableFuture<?> unused =
        request
            .get()
            .whenComplete(
                (response, failure) -> {
                  if (failure != null) {
                    firstFailure.compareAndSet(null, failure);
                  }
                  permits.release();
                });
  }

  /**
   * Waits for all requests.
   *
   * @throws CompletionException if one has failed
   */
  void awaitAll() throws InterruptedException {
    permits.acquire(limit);
    requireNoFailure();
  }

  private void requireNoFailure() {
    Throwable failure = firstFailure.get();
    if (failure != null) {
      throw new CompletionException(failure);
    }
  }
}
