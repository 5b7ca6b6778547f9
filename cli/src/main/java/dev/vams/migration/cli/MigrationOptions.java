package dev.vams.migration.cli;

import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.workflow.AwsAccess;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the verbs have in common that read both stacks of a schema. */
final class MigrationOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  OutputFormat format() {
    return format;
  }

  /**
   * The schema in the file.
   *
   * @throws UserException when the file cannot be read or is no valid schema
   */
  MigrationSchema readSchema() {
    return SchemaFile.read(schemaFile);
  }

  /** A run against what the standard AWS settings point at. */
  MigrationRun run(MigrationSchema schema, Duration workerTime) {
    return new MigrationRun(
        new AwsAccess.Standard(), wiring -> work.store(wiring, schema), workerTime, output());
  }

  /** Where a run shows what it does. */
  RunOutput output() {
    return new RunOutput(format, spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /** The schema's file, as it was typed. */
  Path schemaFile() {
    return schemaFile;
  }

  /** The command that continues a run with the same schema and work store. */
  String resumeCommand(String run) {
    return ShellLine.of("run", "--schema", schemaFile.toString(), "--resume", run) + work.typed();
  }
}
