package dev.vams.migration.cli;

import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.local.engine.LocalEngine;
import dev.vams.migration.workflow.AwsAccess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
  @Spec private CommandSpec spec;

  @Option(
      names = "--schema",
      required = true,
      paramLabel = "FILE",
      description = "The migration schema.")
  private Path schemaFile;

  @Mixin private WorkOptions work;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json: how the result is written to stdout (default: text).")
  private OutputFormat format;

  @Override
  public OutputFormat format() {
    return format;
  }

  @Override
  public Integer call() {
    MigrationSchema schema = SchemaFile.read(schemaFile);
    Options options = schema.options();
    MigrationSchema comparison =
        new MigrationSchema(
            schema.regionFrom(),
            schema.regionTo(),
            schema.buckets(),
            schema.tables(),
            new Options(
                Mode.VERIFY, options.ifTargetNotEmpty(), options.order(), options.maxConcurrency()),
            "");
    return new MigrationRun(
            AwsAccess.Standard.of(System.getenv()),
            wiring -> work.store(wiring, schema),
            LocalEngine.LAMBDA_TIME,
            format,
            spec.commandLine().getOut(),
            spec.commandLine().getErr())
        .run(
            comparison,
            (name, planned) -> "Nothing was changed. Start again with the same command.");
  }
}
