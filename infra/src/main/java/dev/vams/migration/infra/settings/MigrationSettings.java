package dev.vams.migration.infra.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that differs between two deployments of the migration stack. {@code infra/README.md}
 * lists the context keys.
 *
 * @param region where the stack is deployed
 * @param deployCommand the schemas as the CDK was given them, separated by commas
 * @param scopes what the workers may touch, one per schema; at least one
 * @param definition the workflow in the Amazon States Language, with placeholders for what CDK
 *     creates
 * @param workflowJar the jar with all workers and their dependencies
 * @param workerConcurrency how many invocations are reserved for each of the three workers, which
 *     is also the most that each may have; 0 reserves none
 * @param retainWorkBucket whether the work bucket, which holds the reports, outlives the stack
 * @param workBucketKeyArn the KMS key of the work bucket; empty if S3's own key encrypts it
 * @param schemaBuckets the buckets, besides the work bucket, from which executions may have their
 *     schema read
 */
public record MigrationSettings(
    String region,
    String deployCommand,
    List<MigrationScope> scopes,
    Path definition,
    Path workflowJar,
    int workerConcurrency,
    boolean retainWorkBucket,
    String workBucketKeyArn,
    List<String> schemaBuckets) {
  /**
   * More than twice the default of {@code options.maxConcurrency}. Three workers reserve 300 of the
   * 1,000 concurrent invocations that an account has by default in a region; the application keeps
   * the rest, and Lambda insists that 100 stay unreserved.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html">
   *     Configuring reserved concurrency</a>
   */
  public static final int DEFAULT_WORKER_CONCURRENCY = 100;

  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,6}");

  public MigrationSettings {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(workflowJar, "workflowJar");
    Objects.requireNonNull(deployCommand, "deployCommand");
    Objects.requireNonNull(workBucketKeyArn, "workBucketKeyArn");
    scopes = List.copyOf(scopes);
    schemaBuckets = List.copyOf(schemaBuckets);
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
        deployCommand(context),
        scopes,
        file(context, "definition", "It is part of the repository: run the CDK from its root."),
        file(
            context,
            "workflowJar",
            "Build it with: ./mvnw -pl lambdas/workflow -am package -DskipTests"),
        workerConcurrency(context),
        flag(context, "retainWorkBucket"),
        keyArn(context),
        schemaBuckets(context));
  }

  /** The schemas come last, so that one more is written behind them. */
  private static String deployCommand(Function<String, Object> context) {
    return Stream.of(
            "region",
            "workerConcurrency",
            "retainWorkBucket",
            "workBucketKeyArn",
            "schemaBuckets",
            "schema")
        .filter(key -> !text(context, key).isEmpty())
        .map(key -> quoted(key + "=" + text(context, key)))
        .collect(Collectors.joining(" -c ", "npx cdk deploy -c ", ""));
  }

  /** As a POSIX shell takes it for one word. */
  private static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** What the functions are told of their permissions. */
  public GrantedResources granted() {
    return GrantedResources.of(deployCommand, scopes);
  }

  private static List<MigrationScope> scopes(Function<String, Object> context) {
    List<Path> files = list(context, "schema").map(Path::of).toList();
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
    List<String> targets =
        scopes.stream().map(scope -> scope.target().region()).distinct().toList();
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

  private static int workerConcurrency(Function<String, Object> context) {
    String value = text(context, "workerConcurrency");
    if (value.isEmpty()) {
      return DEFAULT_WORKER_CONCURRENCY;
    }
    if (!WHOLE_NUMBER.matcher(value).matches()) {
      throw new SettingsException(
          "The context key workerConcurrency is \""
              + value
              + "\": write how many invocations to reserve for each worker, such as 100, or 0 to reserve none.");
    }
    return Integer.parseInt(value);
  }

  private static String keyArn(Function<String, Object> context) {
    String value = text(context, "workBucketKeyArn");
    if (!value.isEmpty() && !SchemaFile.isKeyArn(value)) {
      throw new SettingsException(
          "The context key workBucketKeyArn is \""
              + value
              + "\": write the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111122223333:key/<id>, and no alias.");
    }
    return value;
  }

  private static List<String> schemaBuckets(Function<String, Object> context) {
    List<String> buckets = list(context, "schemaBuckets").toList();
    for (String bucket : buckets) {
      if (!SchemaFile.isName(bucket)) {
        throw new SettingsException(
            "The context key schemaBuckets names \"" + bucket + "\", which is no bucket's name.");
      }
    }
    return buckets;
  }

  private static Stream<String> list(Function<String, Object> context, String key) {
    return COMMA.splitAsStream(text(context, key)).filter(element -> !element.isEmpty());
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
