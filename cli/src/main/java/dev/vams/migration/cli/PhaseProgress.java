package dev.vams.migration.cli;

import java.time.Duration;

/**
 * How far a phase has come, in units; the parts of a progress line that all engines share.
 *
 * @param map the Map of the workflow that does the phase
 * @param done how many units ended, well or not
 * @param elapsed the time since the phase began
 */
record PhaseProgress(String map, long done, long total, Duration elapsed) {

  /** Such as {@code copy 3/40 units}, in columns. */
  String units() {
    return "%-6s %,d/%,d units".formatted(name(), done, total);
  }

  /** A rough estimate from the units done, with the space before it; empty when there is none. */
  String timeLeft() {
    return done > 0 && done < total
        ? "  about %s left".formatted(readable(elapsed.multipliedBy(total - done).dividedBy(done)))
        : "";
  }

  private String name() {
    return switch (map) {
      case "CopyPhase" -> "copy";
      case "LocateDifferences" -> "locate";
      default -> "verify";
    };
  }

  private static String readable(Duration time) {
    if (time.toMinutes() < 1) {
      return Math.max(1, time.toSeconds()) + " s";
    }
    return time.toHours() < 1
        ? time.toMinutes() + " min"
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }
}
