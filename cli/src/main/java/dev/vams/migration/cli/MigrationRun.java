package dev.vams.migration.cli;

import dev.vams.migration.cli.deployed.ExecutionEnd;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.json.SchemaWriter;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.local.asl.ExecutionResult;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.workflow.AwsAccess;
import dev.vams.migration.workflow.WorkflowWiring;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Function;

/** One migration on the local engine: progress to stderr, the result to stdout, the exit code. */
final class MigrationRun {

  /**
   * How many units are done at once for each processor. Workers wait for the services most of the
   * time, and each has many calls in flight.
   */
  private static final int WORKERS_PER_PROCESSOR = 2;

  /** What fits into the heap and the connections of one process; larger means Lambda. */
  private static final int MOST_WORKERS = 8;

  private final AwsAccess access;
  private final Function<WorkflowWiring, WorkStore> workStore;
  private final Duration workerTime;
  private final RunOutput output;

  MigrationRun(
      AwsAccess access,
      Function<WorkflowWiring, WorkStore> workStore,
      Duration workerTime,
      RunOutput output) {
    this.access = access;
    this.workStore = workStore;
    this.workerTime = workerTime;
    this.output = output;
  }

  /**
   * Runs the migration.
   *
   * @param next what to do if it is interrupted, or breaks
   * @return the process's exit code
   */
  int run(MigrationSchema schema, NextStep next) {
    InstantSource clock = InstantSource.system();
    Random random = new Random();
    String run = RunName.create(clock, random);
    Progress progress = new Progress(clock);
    int workers = workers(Runtime.getRuntime().availableProcessors());
    TransferLimits limits = TransferLimits.DEFAULT.sharedBy(workers);
    try (WorkflowWiring wiring =
        new WorkflowWiring(access, workStore, limits, progress, clock, random)) {
      wiring.open(schema);
      WorkStore store = wiring.workStore();
      return InterruptHint.during(
          () ->
              output.conclude(
                  run, execute(run, workers, schema, progress, wiring, clock), store, next),
          output.err(),
          () -> next.of(run, store.get(new RunFiles(run).plan()).isPresent()));
    }
  }

  private ExecutionEnd execute(
      String run,
      int workers,
      MigrationSchema schema,
      Progress progress,
      WorkflowWiring wiring,
      InstantSource clock) {
    LocalEngine engine = new LocalEngine(wiring, workers, workerTime, clock);
    output.err().printf("Run %s%n", run);
    try (ProgressDisplay display = new ProgressDisplay(progress, output)) {
      display.start();
      return end(engine.run(run, new SchemaWriter().write(schema), progress));
    }
  }

  static int workers(int processors) {
    return Math.min(MOST_WORKERS, WORKERS_PER_PROCESSOR * processors);
  }

  private static ExecutionEnd end(ExecutionResult result) {
    if (result instanceof ExecutionResult.Failed failed) {
      return new ExecutionEnd.Failed(failed.error(), failed.cause());
    }
    return result instanceof ExecutionResult.Aborted
        ? new ExecutionEnd.Stopped("was stopped")
        : new ExecutionEnd.Succeeded();
  }
}
