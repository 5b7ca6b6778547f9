package dev.vams.migration.cli;

import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.json.SchemaWriter;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.ReportText;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.local.asl.ExecutionResult;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.workflow.AwsAccess;
import dev.vams.migration.workflow.WorkflowWiring;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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

  /** Whether stderr is a terminal, which Java cannot find out; the script vams-migrate sets it. */
  private static final String TERMINAL = "vams.migrate.terminal";

  private static final DateTimeFormatter RUN_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** Errors of the workflow that say that the work store cannot be used. */
  private static final Set<String> WORK_STORE_ERRORS =
      Set.of(
          "dev.vams.migration.core.store.WorkStoreException",
          "States.ItemReaderFailed",
          "States.ResultWriterFailed");

  private final AwsAccess access;
  private final Function<WorkflowWiring, WorkStore> workStore;
  private final Duration workerTime;
  private final OutputFormat format;
  private final PrintWriter out;
  private final PrintWriter err;

  MigrationRun(
      AwsAccess access,
      Function<WorkflowWiring, WorkStore> workStore,
      Duration workerTime,
      OutputFormat format,
      PrintWriter out,
      PrintWriter err) {
    this.access = access;
    this.workStore = workStore;
    this.workerTime = workerTime;
    this.format = format;
    this.out = out;
    this.err = err;
  }

  /** What a user is told who interrupts a run. */
  @FunctionalInterface
  interface InterruptMessage {

    /**
     * The message.
     *
     * @param planned whether the run has a plan, so that it can be resumed
     */
    String of(String run, boolean planned);
  }

  /**
   * Runs the migration.
   *
   * @return the process's exit code
   */
  int run(MigrationSchema schema, InterruptMessage interrupted) {
    InstantSource clock = InstantSource.system();
    String run = runName(clock);
    Progress progress = new Progress(clock);
    try (WorkflowWiring wiring =
        new WorkflowWiring(
            access, workStore, TransferLimits.DEFAULT, progress, clock, new Random())) {
      Thread hint =
          new Thread(
              () -> {
                String plan = new RunFiles(run).plan();
                boolean planned = wiring.workStore().get(plan).isPresent();
                err.printf("%nInterrupted. %s%n", interrupted.of(run, planned));
                err.flush();
              });
      Runtime.getRuntime().addShutdownHook(hint);
      try {
        return conclude(run, execute(run, schema, progress, wiring), wiring);
      } finally {
        Runtime.getRuntime().removeShutdownHook(hint);
      }
    }
  }

  private ExecutionResult execute(
      String run, MigrationSchema schema, Progress progress, WorkflowWiring wiring) {
    int workers = workers(Runtime.getRuntime().availableProcessors());
    LocalEngine engine = new LocalEngine(wiring, workers, workerTime);
    err.printf("Run %s%n", run);
    try (ProgressDisplay display =
        new ProgressDisplay(progress, err, Boolean.getBoolean(TERMINAL))) {
      display.start();
      return engine.run(run, new SchemaWriter().write(schema), progress);
    }
  }

  static int workers(int processors) {
    return Math.min(MOST_WORKERS, WORKERS_PER_PROCESSOR * processors);
  }

  private int conclude(String run, ExecutionResult result, WorkflowWiring wiring) {
    if (result instanceof ExecutionResult.Failed failed
        && WORK_STORE_ERRORS.contains(failed.error())) {
      throw new UserException(ExitCode.NO_ACCESS, failed.cause());
    }
    RunFiles files = new RunFiles(run);
    Optional<Report> written =
        wiring
            .workStore()
            .get(files.reportJson())
            .map(json -> wiring.codec().decode(json, Report.class));
    if (written.isEmpty()) {
      throw withoutReport(result);
    }
    Report report = written.get();
    String location = wiring.workStore().location(files.reportJson());
    if (format == OutputFormat.JSON) {
      print(RunSummary.of(report, location), out);
    } else {
      err.printf("Report: %s%n", wiring.workStore().location(files.reportText()));
      out.print(new ReportText(report).render());
    }
    out.flush();
    return ExitCode.of(report);
  }

  private static UserException withoutReport(ExecutionResult result) {
    String reason =
        result instanceof ExecutionResult.Failed failed
            ? "The run ended without a report. %s: %s".formatted(failed.error(), failed.cause())
            : "The run was stopped before it could write a report.";
    return new UserException(ExitCode.NOT_VERIFIED, reason);
  }

  static void print(RunSummary summary, PrintWriter out) {
    out.println(new String(new JacksonCodec().encodeForPeople(summary), StandardCharsets.UTF_8));
    out.flush();
  }

  private static String runName(InstantSource clock) {
    byte[] suffix = new byte[2];
    new Random().nextBytes(suffix);
    return RUN_NAME.format(clock.instant()) + "-" + HexFormat.of().formatHex(suffix);
  }
}
