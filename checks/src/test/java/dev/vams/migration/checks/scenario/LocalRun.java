package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.local.asl.ExecutionListener;
import dev.vams.migration.local.asl.ExecutionResult;
import dev.vams.migration.local.engine.DirectoryWorkStore;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.workflow.AwsAccess;
import dev.vams.migration.workflow.WorkListener;
import dev.vams.migration.workflow.WorkflowWiring;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/**
 * One migration by the local engine in this JVM.
 *
 * @param emulator where the stacks are
 * @param workDirectory holds the runs; a retry needs that of the run it continues
 */
record LocalRun(Emulator emulator, Path workDirectory) {
  private static final int WORKERS = 4;

  /** Runs a schema with nobody listening, each worker as long as Lambda lets it. */
  Report run(String name, JsonNode schema) {
    return run(name, schema, LocalEngine.LAMBDA_TIME, WorkListener.DEAF, new SilentListener());
  }

  /** Runs a schema to its report. */
  Report run(
      String name,
      JsonNode schema,
      Duration workerTime,
      WorkListener work,
      ExecutionListener states) {
    AwsAccess access =
        new AwsAccess.Emulated(
            emulator.servers().s3Endpoint(), emulator.servers().dynamoDbEndpoint());
    try (WorkflowWiring wiring =
        new WorkflowWiring(
            access,
            created -> new DirectoryWorkStore(workDirectory),
            TransferLimits.DEFAULT,
            work,
            InstantSource.system(),
            new Random(1))) {
      ExecutionResult result =
          new LocalEngine(wiring, WORKERS, workerTime).run(name, schema, states);
      byte[] report =
          wiring
              .workStore()
              .get(new RunFiles(name).reportJson())
              .orElseThrow(() -> new AssertionError("no report: " + result));
      Report read = wiring.codec().decode(report, Report.class);
      assertSaysTheSame(result, read);
      return read;
    }
  }

  /** A pipeline sees only how the execution ended, which must not be better than the report. */
  private static void assertSaysTheSame(ExecutionResult result, Report report) {
    switch (report.verdict()) {
      case VERIFIED, PLANNED -> assertThat(result).isInstanceOf(ExecutionResult.Succeeded.class);
      case MISMATCH, FAILED, REFUSED ->
          assertThat(result).isInstanceOf(ExecutionResult.Failed.class);
    }
  }

  private static final class SilentListener implements ExecutionListener {}
}
