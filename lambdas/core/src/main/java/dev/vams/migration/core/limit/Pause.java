package dev.vams.migration.core.limit;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Waiting without holding a thread; a test lets the time pass at once. */
@FunctionalInterface
public interface Pause {

  /** A stage that completes when the time has passed. */
  CompletionStage<Void> after(Duration time);
}
