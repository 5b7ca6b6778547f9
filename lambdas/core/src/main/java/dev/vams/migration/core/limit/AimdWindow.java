package dev.vams.migration.core.limit;

/**
 * How many calls may be in flight at a service whose limits nobody knows: one more for each round
 * of calls that were answered, half as many when the service asks for less (additive increase,
 * multiplicative decrease; <a href="https://www.rfc-editor.org/rfc/rfc5681#section-3.1">RFC
 * 5681</a>).
 *
 * <p>A service that asks for less asks all calls that are in flight. So after a decrease the window
 * stays as it is until as many calls were answered as it has room for. Time is counted in answers:
 * no clock is needed. Safe for use by many threads.
 */
public final class AimdWindow {
  private static final double DECREASE = 0.5;

  private final int most;
  private double size;
  private long answersToIgnore;

  /**
   * @param first how many calls may be in flight at first, at least 1
   * @param most how many may ever be, at least {@code first}: what memory and connections allow
   */
  public AimdWindow(int first, int most) {
    if (first < 1 || most < first) {
      throw new IllegalArgumentException("a window of %d to %d calls".formatted(first, most));
    }
    this.most = most;
    size = first;
  }

  /** How many calls may be in flight now, at least 1. */
  public synchronized int size() {
    return (int) size;
  }

  /** A call was answered, whatever came of it. */
  public synchronized void answered() {
    if (answersToIgnore > 0) {
      answersToIgnore--;
    } else {
      size = Math.min(most, size + 1 / size);
    }
  }

  /** The service asked for less. */
  public synchronized void throttled() {
    if (answersToIgnore == 0) {
      size = Math.max(1, size * DECREASE);
      answersToIgnore = (long) size;
    }
  }
}
