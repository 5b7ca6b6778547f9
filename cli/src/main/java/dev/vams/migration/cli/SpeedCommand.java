package dev.vams.migration.cli;

import dev.vams.migration.cli.deployed.Deployment;
import dev.vams.migration.cli.deployed.DeploymentWiring;
import dev.vams.migration.cli.deployed.MapRun;
import dev.vams.migration.core.plan.Options;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Slows down or speeds up a run of the deployed workflow. */
@Command(
    name = "speed",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Changes how many units a run of the deployed workflow does at once.",
      "Units that are being done are not interrupted. It holds for the phase that is at work; the next one begins with options.maxConcurrency of the schema again."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:changed",
      " 1:the run has ended, or no phase is at work; nothing was changed",
      " 2:an option is wrong, or there is no such stack or run",
      " 3:the deployed workflow cannot be reached, or it is not allowed"
    },
    footer = {
      "",
      "Examples:",
      "  vams-migrate speed --run 20261122-120000-1a2b --max-concurrency 5",
      "  vams-migrate speed --run RUN --max-concurrency 200 --region eu-west-1"
    })
final class SpeedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's name.")
  private String run;

  @Option(
      names = "--max-concurrency",
      required = true,
      paramLabel = "N",
      description = "How many units are done at once, 1 to 10000.")
  private int maxConcurrency;

  @Mixin private StackOption stack;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "The region of the stack, which is regionTo of the schema (default: that of the standard AWS settings, such as AWS_REGION).")
  private String region;

  @Override
  public Integer call() {
    RunName.check("--run", run);
    if (maxConcurrency < Options.MIN_CONCURRENCY || maxConcurrency > Options.MAX_CONCURRENCY) {
      throw new UserException(
          ExitCode.WRONG_INPUT,
          "--max-concurrency: %d is out of range. Give a number from %d to %d."
              .formatted(maxConcurrency, Options.MIN_CONCURRENCY, Options.MAX_CONCURRENCY));
    }
    try (DeploymentWiring wiring = new DeploymentWiring(region())) {
      change(wiring.find(stack.name()), run, maxConcurrency, spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  /**
   * Changes every Map that is open.
   *
   * @throws UserException when none is
   */
  static void change(Deployment deployment, String run, int maxConcurrency, PrintWriter out) {
    List<MapRun> open = deployment.mapRuns(run).stream().filter(MapRun::open).toList();
    if (open.isEmpty()) {
      throw new UserException(
          ExitCode.NOT_VERIFIED,
          deployment.end(run).isPresent()
              ? "The run '%s' has ended. Nothing was changed.".formatted(run)
              : "No phase of the run '%s' is at work: it plans, adds up or reports. Nothing was changed; try again when it copies or verifies."
                  .formatted(run));
    }
    for (MapRun map : open) {
      int before = deployment.progress(map).maxConcurrency();
      deployment.limit(map, maxConcurrency);
      out.printf(
          "%s of run %s: at most %,d units at once, before %,d.%n",
          map.name(), run, maxConcurrency, before);
    }
    out.flush();
  }

  private String region() {
    if (region != null) {
      return region;
    }
    return DeploymentWiring.standardRegion()
        .orElseThrow(
            () ->
                new UserException(
                    ExitCode.WRONG_INPUT,
                    "No region is set. Give the stack's with --region, or set AWS_REGION."));
  }
}
