package dev.vams.migration.cli;

import java.io.PrintWriter;

/**
 * One line that changes: rewritten in place on a terminal, printed anew elsewhere. A line that did
 * not change is not shown again.
 */
final class StatusLine {
  private final PrintWriter err;
  private final boolean terminal;
  private String shown = "";

  /**
   * @param terminal whether what is written goes to a terminal
   */
  StatusLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Shows a line in place of the one before. */
  synchronized void show(String line) {
    if (line.equals(shown)) {
      return;
    }
    if (terminal) {
      // Return to the start of the line, and clear what the line before had more.
      err.print("\r" + line + "\u001b[K");
    } else {
      err.println(line);
    }
    err.flush();
    shown = line;
  }

  /** Shows a line, and leaves it standing above the next one. */
  synchronized void keep(String line) {
    show(line);
    end();
  }

  /** Leaves the line standing. */
  synchronized void end() {
    if (terminal && !shown.isEmpty()) {
      err.println();
      err.flush();
      shown = "";
    }
  }
}
