package dev.vams.migration.cli;

import dev.vams.migration.core.plan.MigrationSchema;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names of runs, which are the names of their executions: the time and two random bytes. */
final class RunName {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunName() {}

  /** A new name, such as {@code 20261122-120000-1a2b}. */
  static String create(InstantSource clock, RandomGenerator random) {
    byte[] suffix = new byte[2];
    random.nextBytes(suffix);
    return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(suffix);
  }

  /**
   * Checks what the user gave as a run's name.
   *
   * @param option the option that it was given with
   * @throws UserException when it cannot be one
   */
  static void check(String option, String name) {
    if (!MigrationSchema.RUN_NAME.matcher(name).matches()) {
      throw new UserException(
          ExitCode.WRONG_INPUT,
          "%s: '%s' is not a run's name. Give the name that the run printed when it started, such as 20261122-120000-1a2b."
              .formatted(option, name));
    }
  }
}
