package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.core.inventory.Grants;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.local.sample.SampleMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

/**
 * How Lambda functions are run on this machine.
 *
 * @param java the command that starts Java, with its options
 * @param taskRoot the functions' code
 * @param emulator where the stacks are
 * @param workBucket a bucket that exists there
 * @param snapStart whether the functions run their hooks before a snapshot; they are then told at
 *     once to go on
 * @param clock tells how long things take
 */
record LambdaSetup(
    List<String> java,
    Path taskRoot,
    Emulator emulator,
    String workBucket,
    boolean snapStart,
    InstantSource clock) {
  private static final Path BUILT = Path.of("..", "lambdas", "workflow", "target");

  /** The jar that the build made; empty when it was told not to. */
  static Optional<Path> jar() throws IOException {
    try (Stream<Path> files = Files.list(BUILT)) {
      return files.filter(file -> file.toString().endsWith("-lambda.jar")).findFirst();
    }
  }

  /**
   * Lays out the code as it is deployed: the jar is in the folder {@code lib}, and beside it what
   * the deployment allows, which is what the schema names.
   */
  static Path layOut(Path jar, Path folder, JsonNode schema) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.copy(jar, lib.resolve("workflow.jar"));
    Set<String> buckets = new HashSet<>();
    Set<String> tables = new HashSet<>();
    for (String side : List.of("from", "to")) {
      schema.findValues("buckets").forEach(pair -> buckets.add(pair.get(side).textValue()));
      schema
          .findValues("tables")
          .forEach(pair -> tables.add(SampleMigration.REGION + "/" + pair.get(side).textValue()));
    }
    Grants grants =
        new Grants(
            "deploy", buckets, buckets, Set.of(), Set.of(), tables, tables, Set.of(), Set.of(),
            Set.of(), Set.of());
    Files.write(folder.resolve("granted.json"), new JacksonCodec().encode(grants));
    return folder;
  }

  Map<String, String> environment(String handler) {
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", snapStart ? "snap-start" : "on-demand"),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", handler),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
        Map.entry("AWS_REGION", SampleMigration.REGION),
        Map.entry("AWS_ACCESS_KEY_ID", "any"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "any"),
        Map.entry("AWS_ENDPOINT_URL_S3", emulator.servers().s3Endpoint().toString()),
        Map.entry("AWS_ENDPOINT_URL_DYNAMODB", emulator.servers().dynamoDbEndpoint().toString()),
        Map.entry("LAMBDA_TASK_ROOT", taskRoot.toString()),
        Map.entry("NOTIFICATION_TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:topic"),
        Map.entry("POWERTOOLS_LOG_LEVEL", "INFO"),
        Map.entry("POWERTOOLS_SERVICE_NAME", "vams-migration"),
        Map.entry("WORK_BUCKET", workBucket));
  }

  /** The lines of a file in the work bucket. */
  List<String> lines(String key) {
    return emulator
        .s3()
        .getObject(
            request -> request.bucket(workBucket).key(key), AsyncResponseTransformer.toBytes())
        .join()
        .asUtf8String()
        .lines()
        .toList();
  }
}
