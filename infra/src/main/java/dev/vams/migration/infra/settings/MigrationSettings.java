package dev.vams.migration.infra.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that differs between two deployments of the migration stack. {@code infra/README.md}
 * lists the context keys.
 *
 * @param region where the stack is deployed
 * @param scopes what the workers may touch, one per schema; at least one
 * @param definition the workflow in the Amazon States Language, with placeholders for what CDK
 *     creates
 * @param workflowJar the jar with all workers and their dependencies
 * @param destroyWorkBucket whether deleting the stack also deletes the work bucket, which holds the
 *     reports
 */
public record MigrationSettings(
    String region,
    List<MigrationScope> scopes,
    Path definition,
    Path workflowJar,
    boolean destroyWorkBucket) {
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  public MigrationSettings {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(workflowJar, "workflowJar");
    scopes = List.copyOf(scopes);
  }

  /**
   * Reads the settings from the CDK context.
   *
   * @param context gives the value of a key, or null; values from the command line are strings,
   *     values from {@code cdk.json} may be booleans
   * @throws SettingsException if something is missing or wrong, saying what to pass
   */
  public static MigrationSettings from(Function<String, Object> context) {
    List<MigrationScope> scopes = scopes(context);
    return new MigrationSettings(
        region(context, scopes),
        scopes,
        file(context, "definition", "It is part of the repository: run the CDK from its root."),
        file(
            context,
            "workflowJar",
            "Build it with: ./mvnw -pl lambdas/workflow -am package -DskipTests"),
        flag(context, "destroyWorkBucket"));
  }

  private static List<MigrationScope> scopes(Function<String, Object> context) {
    List<Path> files =
        COMMA
            .splitAsStream(text(context, "schema"))
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .toList();
    if (files.isEmpty()) {
      throw new SettingsException(
          """
          Which data may the migration touch? Pass the migration schema, for example:
            npx cdk synth -c schema=config/examples/vams-2.1-same-region.json
          The workers get access to the buckets and tables it names, and to no others.
          Several schemas are separated by commas.""");
    }
    return files.stream().map(SchemaFile::read).toList();
  }

  private static String region(Function<String, Object> context, List<MigrationScope> scopes) {
    String region = text(context, "region");
    if (!region.isEmpty()) {
      return region;
    }
    List<String> targets = scopes.stream().map(MigrationScope::targetRegion).distinct().toList();
    if (targets.size() > 1) {
      throw new SettingsException(
          "The schemas have several target regions, "
              + String.join(", ", targets)
              + ": say with -c region=<region> where to deploy the migration, or deploy each schema by itself.");
    }
    return targets.get(0);
  }

  private static Path file(Function<String, Object> context, String key, String remedy) {
    String value = text(context, key);
    if (value.isEmpty()) {
      throw new SettingsException(
          "The context key "
              + key
              + " is missing: it is set in cdk.json, or pass -c "
              + key
              + "=<file>.");
    }
    Path file = Path.of(value);
    if (!Files.isRegularFile(file)) {
      throw new SettingsException(
          "The context key " + key + " names " + file + ", which is not a file. " + remedy);
    }
    return file;
  }

  private static boolean flag(Function<String, Object> context, String key) {
    String value = text(context, key);
    if (!Stream.of("", "true", "false").anyMatch(value::equals)) {
      throw new SettingsException(
          "The context key " + key + " is \"" + value + "\": write true or false.");
    }
    return value.equals("true");
  }

  private static String text(Function<String, Object> context, String key) {
    Object value = context.apply(key);
    return value == null ? "" : value.toString().strip();
  }
}
