package dev.vams.migration.local.asl;

import java.time.Duration;

/** Lets time pass: between retries and in Wait states. Called from several threads at once. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns after {@code duration}, which is never negative.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void sleep(Duration duration) throws InterruptedException;
}
