package dev.vams.migration.infra.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where the example pipeline takes the migration from.
 *
 * @param connectionArn the connection to the host of the repository, such as GitHub
 * @param owner of the repository
 * @param repository its name
 * @param branch that starts the pipeline when something is pushed to it
 * @param schemaFile the migration schema, by its path in the repository
 */
public record PipelineSettings(
    String connectionArn, String owner, String repository, String branch, String schemaFile) {
  private static final Pattern CONNECTION =
      Pattern.compile(
          "arn:aws(-[a-z]+)*:(codestar-connections|codeconnections):[a-z0-9-]+:[0-9]{12}:connection/[a-z0-9-]+");

  private static final Pattern REPOSITORY = Pattern.compile("([^/,\\s]+)/([^/,\\s]+)");

  public PipelineSettings {
    Objects.requireNonNull(connectionArn, "connectionArn");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(repository, "repository");
    Objects.requireNonNull(branch, "branch");
    Objects.requireNonNull(schemaFile, "schemaFile");
  }

  /**
   * Reads the settings from the CDK context; empty unless it has the key {@code
   * pipelineConnection}.
   *
   * @throws SettingsException if something is missing or wrong, saying what to pass
   */
  public static Optional<PipelineSettings> from(Function<String, Object> context) {
    String connection = text(context, "pipelineConnection");
    if (connection.isEmpty()) {
      return Optional.empty();
    }
    if (!CONNECTION.matcher(connection).matches()) {
      throw new SettingsException(
          "The context key pipelineConnection is \""
              + connection
              + "\": write the ARN of a connection, which the console makes in Developer Tools, Connections.");
    }
    var repository = REPOSITORY.matcher(text(context, "pipelineRepository"));
    if (!repository.matches()) {
      throw new SettingsException(
          "A pipeline takes the migration from a repository: pass it with -c pipelineRepository=<owner>/<name>.");
    }
    String schema = text(context, "schema");
    if (schema.contains(",") || Path.of(schema).isAbsolute()) {
      throw new SettingsException(
          "A pipeline runs one migration schema of its repository: pass the path there of one file with -c schema=<file>.");
    }
    String branch = text(context, "pipelineBranch");
    return Optional.of(
        new PipelineSettings(
            connection,
            repository.group(1),
            repository.group(2),
            branch.isEmpty() ? "main" : branch,
            schema));
  }

  private static String text(Function<String, Object> context, String key) {
    Object value = context.apply(key);
    return value == null ? "" : value.toString().strip();
  }
}
