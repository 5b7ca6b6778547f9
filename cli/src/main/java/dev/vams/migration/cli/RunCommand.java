package dev.vams.migration.cli;

import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.local.engine.LocalEngine;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private MigrationOptions options;

  @Option(names = "--dry-run", description = "Make all checks and the plan, and copy nothing.")
  private boolean dryRun;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Continue an earlier run: what it has done is not done again.")
  private String resume;

  @Option(
      names = "--worker-time",
      paramLabel = "TIME",
      defaultValue = "PT15M",
      hidden = true,
      description = "How long one invocation of a worker may take, ISO 8601 (default: PT15M).")
  private Duration workerTime = LocalEngine.LAMBDA_TIME;

  @Override
  public OutputFormat format() {
    return options.format();
  }

  @Override
  public Integer call() {
    MigrationSchema schema = asAsked(options.readSchema());
    return options
        .run(schema, workerTime)
        .run(
            schema,
            (run, planned) ->
                planned
                    ? "What was copied stays. To continue:%n  %s"
                        .formatted(options.resumeCommand(run))
                    : "Nothing was copied yet. Start again with the same command.");
  }

  private MigrationSchema asAsked(MigrationSchema schema) {
    if (resume != null) {
      RunName.check("--resume", resume);
    }
    MigrationSchema migration = dryRun ? schema.in(Mode.DRY_RUN) : schema;
    return resume == null ? migration : migration.retrying(resume);
  }
}
