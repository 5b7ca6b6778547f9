package dev.vams.migration.cli;

import dev.vams.migration.cli.deployed.Deployment;
import dev.vams.migration.cli.deployed.DeploymentException;
import dev.vams.migration.cli.deployed.DeploymentException.Reason;
import dev.vams.migration.cli.deployed.ExecutionEnd;
import dev.vams.migration.cli.deployed.MapProgress;
import dev.vams.migration.cli.deployed.MapRun;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.json.SchemaWriter;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One run of the deployed workflow: progress to stderr, the result to stdout, the exit code. It
 * goes on in AWS whatever becomes of this process. For one thread.
 */
final class DeployedRun {

  /**
   * The time between two looks. A look is one DescribeExecution, one ListMapRuns and one
   * DescribeMapRun, far below what an account may ask of Step Functions (<a
   * href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Quotas</a>).
   */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Looks without an answer, one after the other, before following is given up. */
  static final int MOST_UNANSWERED = 24;

  /**
   * The longest schema that is passed as the execution's input, in bytes. Every state's data may
   * have 256 KiB (<a
   * href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Quotas</a>),
   * and the first state puts the run's name and the function's around the schema.
   */
  static final int LONGEST_INPUT = 240 * 1024;

  private static final JacksonCodec CODEC = new JacksonCodec();

  private final String run;
  private final Deployment deployment;
  private final WorkStore workStore;
  private final InstantSource clock;
  private final Pause pause;
  private final RunOutput output;
  private final DeployedCommands commands;
  private final StatusLine status;
  private final Set<String> endedMaps = new HashSet<>();

  /** The execution's input when the schema itself is too long for it. */
  private record SchemaReference(Location schemaLocation) {
    record Location(String bucket, String key) {}
  }

  /**
   * @param run its name
   * @param workStore the work bucket of the deployment
   * @param commands what to type next
   */
  DeployedRun(
      String run,
      Deployment deployment,
      WorkStore workStore,
      InstantSource clock,
      Pause pause,
      RunOutput output,
      DeployedCommands commands) {
    this.run = run;
    this.deployment = deployment;
    this.workStore = workStore;
    this.clock = clock;
    this.pause = pause;
    this.output = output;
    this.commands = commands;
    status = output.statusLine();
  }

  /**
   * Starts the run and follows it to its end.
   *
   * @return the process's exit code
   */
  int start(MigrationSchema schema) {
    String input = input(schema);
    output.err().printf("Run %s%n", run);
    return InterruptHint.during(
        () -> {
          try {
            deployment.start(run, input);
          } catch (DeploymentException e) {
            throw e.reason() == Reason.UNREACHABLE ? lost(e) : e;
          }
          rest();
          // What is asked a moment after the start may not know of the run yet.
          return conclude(Set.of(Reason.UNREACHABLE, Reason.MISSING));
        },
        output.err(),
        this::whatGoesOn);
  }

  /**
   * Follows the run, which was started before, to its end.
   *
   * @return the process's exit code
   */
  int follow() {
    output.err().printf("Run %s%n", run);
    return InterruptHint.during(
        () -> conclude(Set.of(Reason.UNREACHABLE)), output.err(), this::whatGoesOn);
  }

  private String input(MigrationSchema schema) {
    byte[] json = CODEC.encode(new SchemaWriter().write(schema));
    if (json.length > LONGEST_INPUT) {
      String key = new RunFiles(run).folder() + "schema.json";
      workStore.put(key, json);
      SchemaReference.Location location =
          new SchemaReference.Location(deployment.workBucket(), key);
      json = CODEC.encode(new SchemaReference(location));
    }
    return new String(json, StandardCharsets.UTF_8);
  }

  private int conclude(Set<Reason> passing) {
    ExecutionEnd end = awaitEnd(passing);
    try {
      return output.conclude(run, end, workStore, NextStep.resume(commands::resume));
    } catch (WorkStoreException | StoreException e) {
      throw lost(e);
    }
  }

  /**
   * @param passing what may be otherwise at the next look
   */
  private ExecutionEnd awaitEnd(Set<Reason> passing) {
    int unanswered = 0;
    try {
      while (true) {
        try {
          Optional<ExecutionEnd> end = look();
          if (end.isPresent()) {
            return end.get();
          }
          unanswered = 0;
        } catch (DeploymentException e) {
          unanswered++;
          if (!passing.contains(e.reason()) || unanswered == MOST_UNANSWERED) {
            throw e.reason() == Reason.MISSING ? e : lost(e);
          }
          if (unanswered == 1) {
            status.keep(e.getMessage() + " Trying again ...");
          }
        }
        rest();
      }
    } finally {
      status.end();
    }
  }

  /** The end is asked for first, so that the last lines of the Maps are those of the end. */
  private Optional<ExecutionEnd> look() {
    Optional<ExecutionEnd> end = deployment.end(run);
    for (MapRun map : deployment.mapRuns(run)) {
      if (!endedMaps.contains(map.arn())) {
        show(map, deployment.progress(map));
      }
    }
    return end;
  }

  private void show(MapRun map, MapProgress progress) {
    PhaseProgress phase =
        new PhaseProgress(
            map.name(),
            progress.succeeded() + progress.failed(),
            progress.units(),
            Duration.between(map.startedAt(), clock.instant()));
    String failures =
        progress.failed() > 0 ? "  %,d of them failed".formatted(progress.failed()) : "";
    String line = phase.units() + failures + phase.timeLeft();
    if (!map.open()) {
      endedMaps.add(map.arn());
      status.keep(line);
    } else if (progress.units() > 0) {
      status.show(line);
    }
  }

  private void rest() {
    InFlight.await(pause.after(INTERVAL));
  }

  private UserException lost(RuntimeException e) {
    return UserException.outcomeUnknown(
        run,
        "%s%nWhat was started goes on in AWS. To follow it, or to see its report:%n  %s"
            .formatted(e.getMessage(), commands.follow(run)));
  }

  private String whatGoesOn() {
    return "The run goes on in AWS. To follow it:%n  %s%nTo stop it:%n  %s"
        .formatted(commands.follow(run), commands.stop(deployment.executionArn(run)));
  }
}
