package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.local.asl.ExecutionListener;
import dev.vams.migration.local.asl.ExecutionResult;
import dev.vams.migration.local.engine.DirectoryWorkStore;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.local.sample.SampleMigration;
import dev.vams.migration.workflow.AwsAccess;
import dev.vams.migration.workflow.WorkListener;
import dev.vams.migration.workflow.WorkflowWiring;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Function;

/**
 * One migration by the local engine in this JVM.
 *
 * @param emulator where the stacks are
 * @param limits how much a worker does at once, and what it copies in parts
 * @param work holds the runs; a retry needs that of the run it continues
 */
record LocalRun(
    Emulator emulator, TransferLimits limits, Function<WorkflowWiring, WorkStore> work) {
  private static final int WORKERS = 4;

  /** Keeps the runs in a directory. */
  LocalRun(Emulator emulator, Path workDirectory) {
    this(emulator, TransferLimits.DEFAULT, wiring -> new DirectoryWorkStore(workDirectory));
  }

  /** Keeps the runs in a bucket, which is there already. */
  static LocalRun inBucket(Emulator emulator, String bucket) {
    return new LocalRun(
        emulator,
        TransferLimits.DEFAULT,
        wiring -> wiring.workBucket(bucket, SampleMigration.REGION));
  }

  /** The same with other limits. */
  LocalRun with(TransferLimits otherLimits) {
    return new LocalRun(emulator, otherLimits, work);
  }

  /** Runs a schema with nobody listening, each worker as long as Lambda lets it. */
  Report run(String name, JsonNode schema) {
    return run(name, schema, LocalEngine.LAMBDA_TIME, WorkListener.DEAF, new SilentListener());
  }

  /** Runs a schema to its report. */
  Report run(
      String name,
      JsonNode schema,
      Duration workerTime,
      WorkListener listener,
      ExecutionListener states) {
    return run(name, schema, workerTime, listener, states, InstantSource.system());
  }

  /** Runs a schema to its report, with workers whose time this clock tells. */
  Report run(
      String name,
      JsonNode schema,
      Duration workerTime,
      WorkListener listener,
      ExecutionListener states,
      InstantSource clock) {
    try (WorkflowWiring wiring = wiring(listener)) {
      ExecutionResult result =
          new LocalEngine(wiring, WORKERS, workerTime, clock).run(name, schema, states);
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

  /** What the workers are made of; the caller closes it. */
  WorkflowWiring wiring(WorkListener listener) {
    return new WorkflowWiring(
        new AwsAccess.Emulated(
            emulator.servers().s3Endpoint(), emulator.servers().dynamoDbEndpoint()),
        work,
        limits,
        listener,
        InstantSource.system(),
        new Random(1));
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
