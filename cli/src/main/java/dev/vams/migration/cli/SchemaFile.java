package dev.vams.migration.cli;

import dev.vams.migration.core.json.InvalidSchema;
import dev.vams.migration.core.json.ParsedSchema;
import dev.vams.migration.core.json.ValidSchema;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.workflow.WorkflowWiring;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a migration schema from a file, or says everything that is wrong with it. */
final class SchemaFile {
  private SchemaFile() {}

  /**
   * The schema in the file.
   *
   * @throws UserException when the file cannot be read or is no valid schema
   */
  static MigrationSchema read(Path file) {
    ParsedSchema parsed = WorkflowWiring.schemaReader().read(text(file));
    if (parsed instanceof InvalidSchema invalid) {
      List<Problem> problems = invalid.problems();
      throw new UserException(ExitCode.WRONG_INPUT, describe(file, problems), problems);
    }
    return ((ValidSchema) parsed).schema();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserException(
          ExitCode.WRONG_INPUT,
          "There is no file %s. Give the path of a migration schema, such as config/examples/vams-2.1-same-region.json."
              .formatted(file));
    } catch (CharacterCodingException e) {
      throw new UserException(
          ExitCode.WRONG_INPUT, "%s is not text in UTF-8. Save it as UTF-8.".formatted(file));
    } catch (IOException e) {
      throw new UserException(
          ExitCode.WRONG_INPUT, "Cannot read %s: %s".formatted(file, e.getMessage()));
    }
  }

  private static String describe(Path file, List<Problem> problems) {
    return "%s has %d %s:%n%s"
        .formatted(
            file,
            problems.size(),
            problems.size() == 1 ? "problem" : "problems",
            problems.stream()
                .map(problem -> "  " + problem.line())
                .collect(Collectors.joining(System.lineSeparator())));
  }
}
