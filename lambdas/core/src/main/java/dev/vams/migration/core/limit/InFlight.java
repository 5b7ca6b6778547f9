package dev.vams.migration.core.limit;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A bounded number of asynchronous calls at the same time.
 *
 * <p>One thread starts calls and waits for them; the calls complete on any thread. The first call
 * that completes exceptionally is remembered: no further call is started, and the waiting thread
 * gets the exception.
 */
public final class InFlight {
  private final int limit;
  private final Semaphore permits;
  private final AtomicReference<Throwable> firstError = new AtomicReference<>();

  /**
   * @param limit how many calls may be in flight, at least 1
   */
  public InFlight(int limit) {
    this.limit = limit;
    permits = new Semaphore(limit);
  }

  /**
   * Starts a call, after waiting for one to complete when the limit is reached.
   *
   * @throws RuntimeException the exception of an earlier call
   */
  public void start(Supplier<? extends CompletionStage<?>> call) {
    acquire(1);
    CompletionStage<?> stage;
    try {
      rethrowFirstError();
      stage = call.get();
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
    stage.whenComplete(
        (value, error) -> {
          if (error != null) {
            firstError.compareAndSet(null, error);
          }
          permits.release();
        });
  }

  /**
   * Waits until no call is in flight.
   *
   * @throws RuntimeException the exception of a call
   */
  public void drain() {
    acquire(limit);
    permits.release(limit);
    rethrowFirstError();
  }

  /**
   * Waits for one stage and gives its value.
   *
   * @throws RuntimeException the exception of the stage
   */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  private void acquire(int count) {
    try {
      permits.acquire(count);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted while calls were in flight");
  }

  private void rethrowFirstError() {
    Throwable error = firstError.get();
    if (error != null) {
      throw unchecked(error);
    }
  }

  /** The exception that a stage completed with, without the wrapper that later stages put on it. */
  public static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  private static RuntimeException unchecked(Throwable error) {
    Throwable cause = cause(error);
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    return new CompletionException(cause);
  }
}
