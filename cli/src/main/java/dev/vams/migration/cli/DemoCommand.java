package dev.vams.migration.cli;

import dev.vams.migration.core.json.ParsedSchema;
import dev.vams.migration.core.json.ValidSchema;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.local.engine.DirectoryWorkStore;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.local.sample.SampleMigration;
import dev.vams.migration.local.server.EmbeddedServers;
import dev.vams.migration.workflow.AwsAccess;
import dev.vams.migration.workflow.WorkflowWiring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole migration on this machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fills a sample stack A shaped like VAMS 2.1 on embedded servers, migrates it to a stack B, and verifies it.",
      "Needs no AWS account, no Docker and no credentials."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:verified",
      " 1:something differs or failed",
      " 2:an option is wrong",
      " 3:a server does not start"
    },
    footer = {"", "Examples:", "  vams-migrate demo", "  vams-migrate demo --scale 10"})
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 2_1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How much data: 1 for about 300 objects and 2,000 items, N for N times as much (default: 1).")
  private int scale;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      defaultValue = "vams-migrate-work",
      description = "Keep the plan and the report here (default: vams-migrate-work).")
  private Path workDirectory;

  @Mixin private ServersOptions options;

  @Override
  public Integer call() throws InterruptedException {
    if (scale < 1) {
      throw new UserException(
          ExitCode.WRONG_INPUT, "--scale: %d is too little. Give 1 or more.".formatted(scale));
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("Starting an S3 server and a DynamoDB server on this machine ...");
    try (EmbeddedServers servers = options.start()) {
      err.println("Filling stack A, shaped like VAMS 2.1 ...");
      SampleMigration sample = SampleMigration.prepare(servers, scale, SEED);
      err.printf(
          "Stack A has %,d objects and %,d items, %,d of them deployment data that stays. Migrating it to stack B ...%n",
          sample.data().objects(), sample.data().items(), sample.data().itemsThatStay());
      MigrationRun run =
          new MigrationRun(
              new AwsAccess.Emulated(servers.s3Endpoint(), servers.dynamoDbEndpoint()),
              wiring -> new DirectoryWorkStore(workDirectory),
              LocalEngine.LAMBDA_TIME,
              new RunOutput(OutputFormat.TEXT, spec.commandLine().getOut(), err));
      return run.run(schema(sample), (name, planned) -> "The servers and both stacks are gone.");
    }
  }

  private static MigrationSchema schema(SampleMigration sample) {
    ParsedSchema parsed = WorkflowWiring.schemaReader().read(sample.schema());
    return ((ValidSchema) parsed).schema();
  }
}
