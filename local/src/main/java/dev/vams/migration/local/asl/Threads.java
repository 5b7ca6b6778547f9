package dev.vams.migration.local.asl;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** How the threads of a Map end. */
final class Threads {

  private Threads() {}

  /** What a task failed with: what tasks here declare, or a defect. */
  static StateError unwrapped(ExecutionException failure) throws InterruptedException {
    Throwable cause = failure.getCause();
    if (cause instanceof StateError error) {
      return error;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) cause;
  }

  /**
   * Interrupts the tasks that still run, and waits for them even if interrupted again: they use
   * what is closed next.
   */
  static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    boolean terminated = false;
    while (!terminated) {
      try {
        terminated = pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
