package dev.vams.migration.core.limit;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A bounded number of asynchronous calls at the same time.
 *
 * <p>One thread starts calls and waits for them; the calls complete on any thread. The first call
 * that completes exceptionally is remembered: no further call is started, and the waiting thread
 * gets the exception.
 */
public final class InFlight {
  private final AimdWindow window;
  private final int most;
  private int calls;
  private Throwable firstError;

  /**
   * @param limit how many calls may be in flight, at least 1
   */
  public InFlight(int limit) {
    this(new AimdWindow(limit, limit));
  }

  /**
   * @param window how many calls may be in flight; it is told of answers, and others tell it when
   *     the service asks for less
   */
  public InFlight(AimdWindow window) {
    this(window, Integer.MAX_VALUE);
  }

  /**
   * The same.
   *
   * @param most how many calls may be in flight however large the window is, at least 1
   */
  public InFlight(AimdWindow window, int most) {
    this.window = window;
    this.most = most;
  }

  /**
   * Starts a call, after waiting for one to complete when the limit is reached.
   *
   * @throws RuntimeException the exception of an earlier call
   */
  public void start(Supplier<? extends CompletionStage<?>> call) {
    awaitFewerThan(() -> Math.min(window.size(), most), 1);
    CompletionStage<?> stage;
    try {
      stage = call.get();
    } catch (RuntimeException | Error e) {
      completed(null);
      throw e;
    }
    stage.whenComplete(
        (value, error) -> {
          window.answered();
          completed(error);
        });
  }

  private synchronized void completed(Throwable error) {
    if (firstError == null) {
      firstError = error;
    }
    calls--;
    notifyAll();
  }

  /**
   * Waits until no call is in flight.
   *
   * @throws RuntimeException the exception of a call
   */
  public void drain() {
    awaitFewerThan(() -> 1, 0);
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

  /** Waits until there are fewer calls than the limit, and takes some of the room. */
  private synchronized void awaitFewerThan(IntSupplier limit, int taken) {
    try {
      while (calls >= limit.getAsInt()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    if (firstError != null) {
      throw unchecked(firstError);
    }
    calls += taken;
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted while calls were in flight");
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
