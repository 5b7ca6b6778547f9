package dev.vams.migration.core.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Remembers how long it was asked to wait, and does not wait. Thread-safe. */
public final class RecordingPause implements Pause {
  private final List<Duration> waits = new ArrayList<>();

  @Override
  public synchronized CompletionStage<Void> after(Duration time) {
    waits.add(time);
    return CompletableFuture.completedStage(null);
  }

  /** The waits so far. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }
}
