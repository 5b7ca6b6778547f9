package dev.vams.migration.local.asl;

import java.time.InstantSource;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Everything a run needs from outside. All six are used from several threads at once.
 *
 * @param random draws names of children and the jitter of retries; must be thread-safe, as {@link
 *     java.util.Random} is
 */
public record Ports(
    TaskInvoker tasks,
    ObjectAccess objects,
    ExecutionListener listener,
    InstantSource clock,
    Sleeper sleeper,
    RandomGenerator random) {

  public Ports {
    Objects.requireNonNull(tasks);
    Objects.requireNonNull(objects);
    Objects.requireNonNull(listener);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(sleeper);
    Objects.requireNonNull(random);
  }
}
