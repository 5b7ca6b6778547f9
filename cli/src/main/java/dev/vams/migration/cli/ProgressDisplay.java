package dev.vams.migration.cli;

import java.util.Timer;
import java.util.TimerTask;

/**
 * Shows progress every few moments: often where the line is rewritten, less often where each is a
 * new one. Shows the last state once more when closed.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final int TERMINAL_MILLIS = 250;
  private static final int PLAIN_MILLIS = 5_000;

  private final Progress progress;
  private final StatusLine line;
  private final int interval;
  private final Timer timer = new Timer("progress", true);

  ProgressDisplay(Progress progress, RunOutput output) {
    this.progress = progress;
    line = output.statusLine();
    interval = output.terminal() ? TERMINAL_MILLIS : PLAIN_MILLIS;
  }

  void start() {
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
    progress.takeFinishedLines().forEach(line::keep);
    progress.line().ifPresent(line::show);
  }

  @Override
  public void close() {
    timer.cancel();
    show();
    line.end();
  }
}
