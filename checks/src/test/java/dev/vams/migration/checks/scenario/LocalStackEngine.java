package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import dev.vams.migration.local.sample.SampleMigration;
import dev.vams.migration.local.sample.SampleStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The synthesized template, deployed to LocalStack with the CDK's command line, and run there with
 * the product's. The first run deploys, as the template grants what the schema names.
 */
final class LocalStackEngine implements MigrationEngine, Services, AutoCloseable {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Where what is deployed, and what the commands said, is left to be looked at. */
  private static final Path FOLDER = Path.of("target", "e2e").toAbsolutePath();

  /** LocalStack's own account. */
  private static final String ENVIRONMENT = "aws://000000000000/" + SampleMigration.REGION;

  private static final Pattern S3_URI = Pattern.compile("s3://([^/]+)/(.+)");

  /** Each worker is a container with a JVM, which small machines cannot start in great numbers. */
  private static final int WORKERS = 4;

  /** Far longer than any of the CDK's commands needs; only a hang takes so long. */
  private static final Duration CDK_LIMIT = Duration.ofMinutes(10);

  private static final Duration RUN_LIMIT = Duration.ofMinutes(15);

  private final URI endpoint;
  private final String name = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
  private final S3AsyncClient s3;
  private final DynamoDbAsyncClient dynamoDb;
  private int runs;

  private LocalStackEngine(URI endpoint) {
    this.endpoint = endpoint;
    s3 = Services.s3At(endpoint);
    dynamoDb = Services.dynamoDbAt(endpoint);
  }

  /**
   * The engine at an address.
   *
   * @throws IllegalArgumentException when nothing there answers as S3 and DynamoDB do
   */
  static LocalStackEngine at(String endpoint) {
    LocalStackEngine engine = new LocalStackEngine(URI.create(endpoint));
    try {
      engine.s3.listBuckets().join();
      engine.dynamoDb.listTables().join();
    } catch (CompletionException e) {
      engine.close();
      throw new IllegalArgumentException(
          "There is no LocalStack at %s: %s. Start it there, or name another address with -De2e.endpoint."
              .formatted(endpoint, e.getCause().getMessage()),
          e);
    }
    return engine;
  }

  @Override
  public S3AsyncClient s3() {
    return s3;
  }

  @Override
  public DynamoDbAsyncClient dynamoDb() {
    return dynamoDb;
  }

  @Override
  public Services services() {
    return this;
  }

  @Override
  public FilledStack source() throws InterruptedException {
    return FilledStack.create(this, name + "-a");
  }

  @Override
  public SampleStack target() throws InterruptedException {
    return SampleStack.create(s3, dynamoDb, name + "-b");
  }

  @Override
  public Report run(ObjectNode schema) {
    try {
      ObjectNode limited = schema.deepCopy();
      limited.withObjectProperty("options").put("maxConcurrency", WORKERS);
      runs++;
      Path file = write("schema-" + runs + ".json", limited.toPrettyString());
      if (runs == 1) {
        deploy(file);
      }
      return runDeployed(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deploy(Path schema) throws IOException {
    Path definition = write("definition.json", LocalStackDefinition.read().toPrettyString());
    cdk("bootstrap", "--app", "", ENVIRONMENT);
    cdk(
        "deploy",
        "--require-approval",
        "never",
        "--progress",
        "events",
        "--output",
        FOLDER.resolve("cdk.out").toString(),
        "-c",
        "schema=" + schema,
        "-c",
        "definition=" + definition);
  }

  /** Leaves a file to be looked at. */
  static Path write(String name, String content) throws IOException {
    Files.createDirectories(FOLDER);
    return Files.writeString(FOLDER.resolve(name), content);
  }

  private void cdk(String command, String... arguments) throws IOException {
    Path program = ROOT.resolve("node_modules/.bin/cdklocal");
    assertThat(program).as("the CDK's command line for LocalStack; npm ci installs it").exists();
    assertThat(ROOT.resolve("infra/target/classpath.txt"))
        .as("the CDK app, which is built with all modules")
        .exists();
    List<String> line = new ArrayList<>(List.of(program.toString(), command));
    line.addAll(List.of(arguments));
    Map<String, String> settings =
        Map.ofEntries(
            Map.entry("AWS_ENDPOINT_URL", endpoint.toString()),
            Map.entry("AWS_ENDPOINT_URL_S3", endpoint.toString()),
            // A bucket's name in the host would need a domain. cdklocal takes only what is listed.
            Map.entry("AWS_S3_FORCE_PATH_STYLE", "true"),
            Map.entry("AWS_REGION", SampleMigration.REGION),
            Map.entry("AWS_ENVAR_ALLOWLIST", "AWS_S3_FORCE_PATH_STYLE,AWS_REGION"),
            // A build inside this one would replace jars that are in use.
            Map.entry("BUILT", "true"));
    try (CommandLineProcess process = CommandLineProcess.start(line, settings, ROOT)) {
      Ended ended = process.awaitEnd(CDK_LIMIT);
      String said = String.join("\n", ended.out(), ended.err());
      write(command + ".log", said);
      assertThat(ended.exitCode()).as("cdklocal %s, which said: %s", command, said).isZero();
    }
  }

  private Report runDeployed(Path schema) throws IOException {
    Map<String, String> settings =
        Map.of("AWS_ENDPOINT_URL", endpoint.toString(), "AWS_REGION", SampleMigration.REGION);
    List<String> arguments =
        List.of(
            "run", "--engine", "stepfunctions", "--schema", schema.toString(), "--output", "json");
    try (CommandLineProcess process = CommandLineProcess.start(settings, FOLDER, arguments)) {
      Ended ended = process.awaitEnd(RUN_LIMIT);
      Matcher location =
          S3_URI.matcher(new ObjectMapper().readTree(ended.out()).path("report").asText());
      assertThat(location.matches()).as("a report; stderr: %s", ended.err()).isTrue();
      byte[] report =
          s3.getObject(
                  request -> request.bucket(location.group(1)).key(location.group(2)),
                  AsyncResponseTransformer.toBytes())
              .join()
              .asByteArray();
      Report read = new JacksonCodec().decode(report, Report.class);
      assertThat(ended.exitCode() == 0)
          .as("exit code %s of %s; stderr: %s", ended.exitCode(), read.verdict(), ended.err())
          .isEqualTo(read.verdict() == Verdict.VERIFIED);
      return read;
    }
  }

  @Override
  public void close() {
    s3.close();
    dynamoDb.close();
  }
}
