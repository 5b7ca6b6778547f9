package dev.vams.migration.cli;

import dev.vams.migration.core.plan.MigrationSchema;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a schema without reaching any stack. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks a migration schema and lists everything that is wrong with it. Reaches no stack.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:the schema is valid", " 2:it is not, or cannot be read"},
    footer = {"", "Example:", "  vams-migrate validate config/examples/vams-2.1-same-region.json"})
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The migration schema.")
  private Path file;

  @Override
  public Integer call() {
    MigrationSchema schema = SchemaFile.read(file);
    spec.commandLine()
        .getOut()
        .printf(
            "%s is valid. Bucket pairs: %d. Table pairs: %d. From %s to %s.%n",
            file,
            schema.buckets().size(),
            schema.tables().size(),
            schema.regionFrom(),
            schema.regionTo());
    return ExitCode.OK;
  }
}
