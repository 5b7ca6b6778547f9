package dev.vams.migration.cli;

import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.local.engine.LocalEngine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares two stacks without copying anything. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compares both sides of every pair of the schema, and copies nothing.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:everything of the source is at the target",
      " 1:something is missing or differs; the report names it",
      " 2:the schema or an option is wrong",
      " 3:a stack or the work directory cannot be reached or is not allowed"
    },
    footer = {"", "Example:", "  vams-migrate verify --schema my-migration.json"})
final class VerifyCommand implements Callable<Integer>, HasOutputFormat {
  @Mixin private MigrationOptions options;

  @Override
  public OutputFormat format() {
    return options.format();
  }

  @Override
  public Integer call() {
    MigrationSchema comparison = options.readSchema().in(Mode.VERIFY).retrying("");
    return options
        .run(comparison, LocalEngine.LAMBDA_TIME)
        .run(
            comparison,
            (run, planned) -> "Nothing was changed. Start again with the same command.");
  }
}
