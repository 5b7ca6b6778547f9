package dev.vams.migration.cli;

import java.io.PrintWriter;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Shows progress on stderr: a line that is rewritten on a terminal, a new line every few seconds
 * elsewhere. Shows the last state once more when closed.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final int TERMINAL_MILLIS = 250;
  private static final int PLAIN_MILLIS = 5_000;

  private final Progress progress;
  private final PrintWriter err;
  private final boolean terminal;
  private final Timer timer = new Timer("progress", true);
  private String shown = "";

  ProgressDisplay(Progress progress, PrintWriter err, boolean terminal) {
    this.progress = progress;
    this.err = err;
    this.terminal = terminal;
  }

  void start() {
    int interval = terminal ? TERMINAL_MILLIS : PLAIN_MILLIS;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            show();
          }
        },
        interval,
        interval);
  }

  private synchronized void show() {
    for (String finished : progress.takeFinishedLines()) {
      show(finished);
      if (terminal) {
        err.println();
      }
    }
    progress.line().filter(line -> !line.equals(shown)).ifPresent(this::show);
  }

  private void show(String line) {
    if (terminal) {
      // Return to the start of the line, and clear what the line before had more.
      err.print("\r" + line + "\u001b[K");
    } else {
      err.println(line);
    }
    err.flush();
    shown = line;
  }

  @Override
  public void close() {
    timer.cancel();
    show();
    synchronized (this) {
      if (terminal && !shown.isEmpty()) {
        err.println();
      }
    }
  }
}
