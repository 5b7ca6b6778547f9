package dev.vams.migration.cli;

import dev.vams.migration.cli.deployed.Deployment;
import dev.vams.migration.cli.deployed.DeploymentWiring;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.local.engine.LocalEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Migrates, on this machine or with the deployed workflow. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies every pair of the schema, verifies the copy and writes a report.",
      "Runs on this machine, or starts and follows the deployed workflow: both are the same state machine definition with the same workers."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:everything is verified (with --dry-run: the migration can start)",
      " 1:something differs or failed; the report names it",
      " 2:the schema or an option is wrong, or a target is not as it should be; nothing was copied",
      " 3:a stack, the work directory or the deployed workflow cannot be reached or is not allowed"
    },
    footer = {
      "",
      "Examples:",
      "  vams-migrate run --schema my-migration.json --dry-run",
      "  vams-migrate run --schema my-migration.json",
      "  vams-migrate run --schema my-migration.json --resume 20261122-120000-1a2b",
      "  vams-migrate run --schema my-migration.json --output json | jq .verdict",
      "With the deployed workflow:",
      "  vams-migrate run --engine stepfunctions --schema my-migration.json",
      "  vams-migrate run --engine stepfunctions --schema my-migration.json --follow RUN",
      "  vams-migrate run --engine stepfunctions --schema my-migration.json --resume RUN"
    })
final class RunCommand implements Callable<Integer>, HasOutputFormat {

  /** What means something on this machine only, and only with the deployed workflow. */
  private static final Map<Engine, List<String>> OPTIONS =
      Map.of(
          Engine.LOCAL, List.of("--work-dir", "--work-bucket", "--worker-time"),
          Engine.STEPFUNCTIONS, List.of("--stack", "--follow"));

  private enum Engine {
    LOCAL,
    STEPFUNCTIONS
  }

  @Spec private CommandSpec spec;

  @Mixin private MigrationOptions options;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "local",
      description =
          "local: on this machine; stepfunctions: with the workflow deployed in regionTo of the schema (default: local).")
  private Engine engine;

  @Mixin private StackOption stack;

  @Option(names = "--dry-run", description = "Make all checks and the plan, and copy nothing.")
  private boolean dryRun;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Continue an earlier run: what it has done is not done again.")
  private String resume;

  @Option(
      names = "--follow",
      paramLabel = "RUN",
      description =
          "Start nothing, but follow a run of the deployed workflow to its end; shows the report of one that has ended.")
  private String follow;

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
    checkOptions();
    MigrationSchema schema = asAsked(options.readSchema());
    return switch (engine) {
      case LOCAL ->
          options.run(schema, workerTime).run(schema, NextStep.resume(options::resumeCommand));
      case STEPFUNCTIONS -> deployed(schema);
    };
  }

  private int deployed(MigrationSchema schema) {
    InstantSource clock = InstantSource.system();
    try (DeploymentWiring wiring = new DeploymentWiring(schema.regionTo())) {
      Deployment deployment = wiring.find(stack.name());
      DeployedRun run =
          new DeployedRun(
              follow == null ? RunName.create(clock, new Random()) : follow,
              deployment,
              wiring.workStore(deployment),
              clock,
              DeploymentWiring.PAUSE,
              options.output(),
              new DeployedCommands(options.schemaFile(), stack.name(), schema.regionTo()));
      return follow == null ? run.start(schema) : run.follow();
    }
  }

  private void checkOptions() {
    Engine other = engine == Engine.LOCAL ? Engine.STEPFUNCTIONS : Engine.LOCAL;
    for (String option : OPTIONS.get(other)) {
      if (isGiven(option)) {
        refuse(
            "%s does not go with --engine %s. Leave it out, or choose --engine %s."
                .formatted(option, typed(engine), typed(other)));
      }
    }
    for (String option : List.of("--dry-run", "--resume")) {
      if (follow != null && isGiven(option)) {
        refuse(
            "--follow starts nothing, so it does not go with %s. Leave one out.".formatted(option));
      }
    }
    if (resume != null) {
      RunName.check("--resume", resume);
    }
    if (follow != null) {
      RunName.check("--follow", follow);
    }
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static String typed(Engine engine) {
    return engine.name().toLowerCase(Locale.ROOT);
  }

  private static void refuse(String message) {
    throw new UserException(ExitCode.WRONG_INPUT, message);
  }

  private MigrationSchema asAsked(MigrationSchema schema) {
    MigrationSchema migration = dryRun ? schema.in(Mode.DRY_RUN) : schema;
    return resume == null ? migration : migration.retrying(resume);
  }
}
