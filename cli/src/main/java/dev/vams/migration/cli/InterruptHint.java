package dev.vams.migration.cli;

import java.io.PrintWriter;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Tells a user who interrupts the process what becomes of the run. */
final class InterruptHint {
  private InterruptHint() {}

  /**
   * Does some work, and gives the hint if the process is interrupted meanwhile.
   *
   * @param hint asked when the process is interrupted
   * @return what the work returns
   */
  static int during(IntSupplier work, PrintWriter err, Supplier<String> hint) {
    Thread hook =
        new Thread(
            () -> {
              err.printf("%nInterrupted. %s%n", hint.get());
              err.flush();
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.getAsInt();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException interrupted) {
      // The work ended while the hint was being given.
    }
  }
}
