package dev.vams.migration.cli;

import dev.vams.migration.cli.deployed.ExecutionEnd;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.ReportText;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a run shows, whichever engine runs it: progress to stderr, the result to stdout, and the
 * exit code.
 *
 * @param terminal whether stderr is a terminal
 */
record RunOutput(OutputFormat format, PrintWriter out, PrintWriter err, boolean terminal) {

  /** Whether stderr is a terminal, which Java cannot find out; the script vams-migrate sets it. */
  private static final String TERMINAL = "vams.migrate.terminal";

  /** Errors of the workflow that say that the work store cannot be used. */
  private static final Set<String> WORK_STORE_ERRORS =
      Set.of(
          "dev.vams.migration.core.store.WorkStoreException",
          "States.ItemReaderFailed",
          "States.ResultWriterFailed");

  private static final JacksonCodec CODEC = new JacksonCodec();

  RunOutput(OutputFormat format, PrintWriter out, PrintWriter err) {
    this(format, out, err, Boolean.getBoolean(TERMINAL));
  }

  /** A new line for progress. */
  StatusLine statusLine() {
    return new StatusLine(err, terminal);
  }

  /**
   * Shows the report of a run that ended.
   *
   * @param next what to do when there is none
   * @return the process's exit code
   * @throws UserException when there is no report, or none that can be read
   */
  int conclude(String run, ExecutionEnd end, WorkStore workStore, NextStep next) {
    if (end instanceof ExecutionEnd.Failed failed && WORK_STORE_ERRORS.contains(failed.error())) {
      throw new UserException(
          ExitCode.NO_ACCESS, failed.cause() + continuation(run, workStore, next));
    }
    RunFiles files = new RunFiles(run);
    String location = workStore.location(files.reportJson());
    Report report =
        workStore
            .get(files.reportJson())
            .map(json -> decode(json, run, location))
            .orElseThrow(
                () -> {
                  boolean planned = workStore.get(files.plan()).isPresent();
                  return withoutReport(end, location, next.of(run, planned));
                });
    if (format == OutputFormat.JSON) {
      print(RunSummary.of(report, location), out);
    } else {
      err.printf("Report: %s%n", workStore.location(files.reportText()));
      out.print(new ReportText(report).render());
      out.flush();
    }
    return ExitCode.of(report);
  }

  /**
   * How to go on once the work store is usable; nothing where it cannot even say if there is a
   * plan.
   */
  private static String continuation(String run, WorkStore workStore, NextStep next) {
    try {
      boolean planned = workStore.get(new RunFiles(run).plan()).isPresent();
      return System.lineSeparator() + next.of(run, planned);
    } catch (WorkStoreException | StoreException unusable) {
      return "";
    }
  }

  private static Report decode(byte[] json, String run, String location) {
    try {
      return CODEC.decode(json, Report.class);
    } catch (IllegalArgumentException e) {
      throw UserException.outcomeUnknown(
          run,
          "%s is %s. It was written by another version: use the command line of that version, or read report.txt beside it."
              .formatted(location, e.getMessage()));
    }
  }

  private static UserException withoutReport(ExecutionEnd end, String location, String nextStep) {
    String reason;
    if (end instanceof ExecutionEnd.Failed failed) {
      reason =
          "The run ended without a report. %s: %s"
              .formatted(failed.error(), failed.cause().strip());
    } else if (end instanceof ExecutionEnd.Stopped stopped) {
      reason = "The run %s before it could write a report.".formatted(stopped.how());
    } else {
      reason = "The run ended, but its report %s is not there.".formatted(location);
    }
    return new UserException(ExitCode.NOT_VERIFIED, "%s%n%s".formatted(reason, nextStep));
  }

  /** Writes the one document of {@code --output json}. */
  static void print(RunSummary summary, PrintWriter out) {
    out.println(new String(CODEC.encodeForPeople(summary), StandardCharsets.UTF_8));
    out.flush();
  }
}
