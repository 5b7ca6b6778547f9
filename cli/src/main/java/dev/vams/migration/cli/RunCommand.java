package dev.vams.migration.cli;

import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.workflow.AwsAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Migrates on this machine. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies every pair of the schema, verifies the copy and writes a report.",
      "Runs the same state machine definition as the deployed stack, with the same workers, on this machine."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:everything is verified (with --dry-run: the migration can start)",
      " 1:something differs or failed; the report names it",
      " 2:the schema or an option is wrong, or a target is not as it should be; nothing was copied",
      " 3:a stack or the work directory cannot be reached or is not allowed"
    },
    footer = {
      "",
      "Examples:",
      "  vams-migrate run --schema my-migration.json --dry-run",
      "  vams-migrate run --schema my-migration.json",
      "  vams-migrate run --schema my-migration.json --resume 20261122-120000-1a2b",
      "  vams-migrate run --schema my-migration.json --output json | jq .verdict"
    })
final class RunCommand implements Callable<Integer>, HasOutputFormat {
  @Spec private CommandSpec spec;

  @Option(
      names = "--schema",
      required = true,
      paramLabel = "FILE",
      description = "The migration schema.")
  private Path schemaFile;

  @Option(names = "--dry-run", description = "Make all checks and the plan, and copy nothing.")
  private boolean dryRun;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Continue an earlier run: what it has done is not done again.")
  private String resume;

  @Mixin private WorkOptions work;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json: how the result is written to stdout (default: text).")
  private OutputFormat format;

  @Option(
      names = "--worker-time",
      paramLabel = "TIME",
      defaultValue = "PT15M",
      hidden = true,
      description = "How long one invocation of a worker may take, ISO 8601 (default: PT15M).")
  private Duration workerTime = LocalEngine.LAMBDA_TIME;

  @Override
  public OutputFormat format() {
    return format;
  }

  @Override
  public Integer call() {
    MigrationSchema schema = withOptions(SchemaFile.read(schemaFile));
    MigrationRun run =
        new MigrationRun(
            AwsAccess.Standard.of(System.getenv()),
            wiring -> work.store(wiring, schema),
            workerTime,
            format,
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    return run.run(
        schema,
        (name, planned) ->
            planned
                ? "What was copied stays. To continue:%n  vams-migrate run --schema %s --resume %s%s"
                    .formatted(schemaFile, name, work.typed())
                : "Nothing was copied yet. Start again with the same command.");
  }

  private MigrationSchema withOptions(MigrationSchema schema) {
    if (resume != null && !MigrationSchema.RUN_NAME.matcher(resume).matches()) {
      throw new UserException(
          ExitCode.WRONG_INPUT,
          "--resume: '%s' is not a run's name. Give the name that the run printed when it started, such as 20261122-120000-1a2b."
              .formatted(resume));
    }
    Options options = schema.options();
    return new MigrationSchema(
        schema.regionFrom(),
        schema.regionTo(),
        schema.buckets(),
        schema.tables(),
        new Options(
            dryRun ? Mode.DRY_RUN : options.mode(),
            options.ifTargetNotEmpty(),
            options.order(),
            options.maxConcurrency()),
        resume == null ? schema.retryOf() : resume);
  }
}
