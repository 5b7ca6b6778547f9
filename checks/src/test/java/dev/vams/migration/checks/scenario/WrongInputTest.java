package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Each mistake has one message that says what, where and what to do, and its exit code; and the
 * target is as before.
 */
@ExtendWith(EmulatorExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongInputTest {
  private static final int WRONG_INPUT = 2;
  private static final int NO_ACCESS = 3;
  private static final String BUCKETS = "VAMS_S3Bucket_Mapping";
  private static final String TABLES = "VAMS_DynamoDBTable_Mapping";

  @TempDir Path directory;

  private final Emulator emulator;
  private final SmallMigration migration;
  private final Contents before;

  WrongInputTest(Emulator emulator) {
    this.emulator = emulator;
    migration = SmallMigration.create(emulator, new Size(3, 3, 20));
    before = migration.target();
  }

  @AfterEach
  void targetIsAsBefore() {
    assertThat(migration.target()).isEqualTo(before);
  }

  @Test
  void textThatIsNotJson() throws IOException {
    Path schema = Files.writeString(directory.resolve("schema.json"), "{\n  \"regionFrom\": }\n");

    assertSays(
        run("run", "--schema", schema.toString()),
        WRONG_INPUT,
        schema + " has 1 problem:",
        "line 2, column 17: this is not JSON: ",
        "Correct the text there");
  }

  static Stream<Arguments> wrongSchemas() {
    return Stream.of(
        schema(
            "a value of the wrong type",
            schema -> schema.put("regionTo", 5),
            "$.regionTo: expected a string, found the number 5. Write the region of stack B, such as \"us-east-1\"."),
        schema(
            "no region",
            schema -> schema.remove("regionFrom"),
            "$.regionFrom: \"regionFrom\" is missing. Add it and write the region of stack A, such as \"us-east-1\"."),
        schema(
            "an unknown property",
            schema -> schema.put("regionT0", "us-east-1"),
            "$.regionT0: the property \"regionT0\" is unknown. Did you mean \"regionTo\"?"),
        schema(
            "an unknown region",
            schema -> schema.put("regionTo", "us-eest-1"),
            "$.regionTo: \"us-eest-1\" is not a region of AWS. Did you mean \"us-east-1\"?"),
        schema(
            "a placeholder of the template",
            schema -> names(schema, BUCKETS, "buckets").put("to", "S3Bucket_NewStack_Name"),
            "\"S3Bucket_NewStack_Name\" is still the placeholder of the template. Replace it by the name of stack B's bucket."),
        schema(
            "one target of two pairs",
            schema -> {
              ObjectNode second = schema.withArray(BUCKETS).get(0).deepCopy();
              second.put("bucketDescriptor", "other");
              ((ObjectNode) second.get("buckets")).put("from", "another-bucket");
              schema.withArray(BUCKETS).add(second);
            },
            "is also the target $.VAMS_S3Bucket_Mapping[0].buckets.to. Give each pair its own target: two sources in one bucket would overwrite each other."),
        schema(
            "a target that is its source",
            schema -> {
              ObjectNode names = names(schema, TABLES, "tables");
              names.set("to", names.get("from"));
            },
            "is both source and target. Write the name of stack B's table."),
        schema(
            "nothing to copy",
            schema -> {
              schema.putArray(BUCKETS);
              schema.putArray(TABLES);
            },
            "$: "),
        schema(
            "two new names for one attribute",
            schema -> renames(schema).addObject().put("from", "author").put("to", "poet"),
            "$.VAMS_DynamoDBTable_Mapping[0].attributes[1].from: "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongSchemas")
  void schemaWith(Consumer<ObjectNode> mistake, String message) throws IOException {
    Ended ended = run("run", "--schema", write(mistake));

    assertSays(ended, WRONG_INPUT, "schema.json has 1 problem:", message);
    assertThat(ended.out()).isEmpty();
  }

  static Stream<Arguments> wrongForTheStacks() {
    return Stream.of(
        schema(
            "a rename to an attribute that items have",
            schema -> rename(schema, "text"),
            "rename of 'author' to 'text' would lose a value: the item has both 'author' and 'text'"),
        schema(
            "a rename to a key",
            schema -> rename(schema, "number"),
            "'number' is a key attribute of "),
        schema(
            "a bucket that does not exist",
            schema -> names(schema, BUCKETS, "buckets").put("to", "no-such-b-bucket"),
            "the target bucket 'no-such-b-bucket' does not exist in us-east-1. Correct the name, or the region of the target stack."),
        schema(
            "a table that does not exist",
            schema -> names(schema, TABLES, "tables").put("from", "no-such-a-table"),
            "the source table 'no-such-a-table' does not exist in us-east-1. Correct the name, or the region of the source stack."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongForTheStacks")
  void schemaThatDoesNotSuitTheStacks(Consumer<ObjectNode> mistake, String message)
      throws IOException {
    assertRefused(run("run", "--schema", write(mistake)), WRONG_INPUT, 1, message);
  }

  /** More than a page of a scan, so that the items are found wherever they are. */
  @Test
  void renameThatOneItemFarInTheTableForbids() throws IOException {
    SmallMigration large = SmallMigration.create(emulator, new Size(0, 60, 100_000));
    Path schema = Files.writeString(directory.resolve("large.json"), large.schema().toString());
    for (int number : List.of(0, 31, 59)) {
      large.putItem(
          large.sourceTable(),
          number,
          Map.of("author", AttributeValue.fromS("a"), "writer", AttributeValue.fromS("w")));
      assertRefused(
          run("run", "--schema", schema.toString()),
          WRONG_INPUT,
          1,
          "an item of table '%s' cannot go to '%s': rename of 'author' to 'writer' would lose a value: the item has both 'author' and 'writer' (owner=owner-%d, number=%04d)"
              .formatted(large.sourceTable(), large.targetTable(), number / 10, number));
      large.putItem(large.sourceTable(), number, Map.of("author", AttributeValue.fromS("a")));
    }
    assertThat(large.target().items().get(large.targetTable())).isEmpty();
  }

  @Test
  void targetThatIsNotEmpty() throws IOException {
    SmallMigration full = SmallMigration.create(emulator, new Size(1, 1, 1));
    full.putObject(full.targetBucket(), "own", "own");
    full.putItem(full.targetTable(), 0, Map.of("text", AttributeValue.fromS("own")));
    Contents untouched = full.target();
    Path schema = Files.writeString(directory.resolve("full.json"), full.schema().toString());

    assertRefused(
        run("run", "--schema", schema.toString()),
        WRONG_INPUT,
        2,
        "the target bucket '%s' is not empty. Empty it, or set options.ifTargetNotEmpty"
            .formatted(full.targetBucket()),
        "the target table '%s' is not empty".formatted(full.targetTable()));
    assertThat(full.target()).isEqualTo(untouched);
  }

  @Test
  void tableWithAnotherKey() throws IOException {
    String other = emulator.newName() + "-b-notes";
    migration.createTable(other, "owner", "date");

    assertRefused(
        run("run", "--schema", write(schema -> names(schema, TABLES, "tables").put("to", other))),
        WRONG_INPUT,
        1,
        "the key of '%s' is ".formatted(migration.sourceTable()),
        "Pair tables with the same key");
  }

  @Test
  void runThatIsNotThere() throws IOException {
    assertRefused(
        run("run", "--schema", write(schema -> {}), "--resume", "20200101-000000-abcd"),
        WRONG_INPUT,
        1,
        "there is no plan of a run '20200101-000000-abcd' in the work bucket");
  }

  @Test
  void runOfAnotherSchema() throws IOException {
    SmallMigration other = SmallMigration.create(emulator, new Size(1, 1, 20));
    Path otherFile = Files.writeString(directory.resolve("other.json"), other.schema().toString());
    String run = nameOf(run("run", "--schema", otherFile.toString()));

    assertRefused(
        run("run", "--schema", write(schema -> {}), "--resume", run),
        WRONG_INPUT,
        1,
        "run '%s' had another schema: its regions, pairs, transforms, ifTargetNotEmpty or deleteExtraneous differ"
            .formatted(run));
  }

  @Test
  void runThatOnlyPlanned() throws IOException {
    String schema = write(nothing -> {});
    String run = nameOf(run("run", "--schema", schema, "--dry-run"));

    assertRefused(
        run("run", "--schema", schema, "--resume", run),
        WRONG_INPUT,
        1,
        "run '%s' had the mode DRY_RUN and copied nothing that could be continued".formatted(run));
  }

  private static String nameOf(Ended run) {
    String line =
        run.err().lines().filter(text -> text.startsWith("Run ")).findFirst().orElseThrow();
    return line.substring("Run ".length());
  }

  @Test
  void wordThatIsNoRun() throws IOException {
    assertSays(
        run("run", "--schema", write(schema -> {}), "--resume", "last run"),
        WRONG_INPUT,
        "--resume: 'last run' is not a run's name.");
  }

  @Test
  void schemaFileThatIsNotThere() {
    assertSays(
        run("run", "--schema", "nowhere.json"),
        WRONG_INPUT,
        "There is no file nowhere.json. Give the path of a migration schema");
  }

  @Test
  void unknownOption() throws IOException {
    assertSays(
        run("run", "--schema", write(schema -> {}), "--dryrun"),
        WRONG_INPUT,
        "--dryrun",
        "--dry-run");
  }

  @Test
  void noCommand() {
    assertSays(run(), WRONG_INPUT, "vams-migrate demo", "vams-migrate validate");
  }

  @Test
  void serversThatNobodyRuns() throws IOException {
    // Reserved, and only root could listen there.
    URI closed = URI.create("http://127.0.0.1:1");

    assertRefused(
        run(closed, closed, "run", "--schema", write(schema -> {})),
        NO_ACCESS,
        4,
        "S3 of the source stack (us-east-1) does not answer: ",
        "Check the network, the credentials and AWS_ENDPOINT_URL_S3, if it is set.",
        "DynamoDB of the target stack (us-east-1) does not answer: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9000", "localhost:9000"})
  void endpointsThatAreNone(String endpoint) throws IOException {
    Map<String, String> settings = Map.of("AWS_ENDPOINT_URL_S3", endpoint);
    List<String> arguments = List.of("run", "--schema", write(schema -> {}));
    try (CommandLineProcess process = CommandLineProcess.start(settings, directory, arguments)) {
      assertSays(
          process.awaitEnd(),
          WRONG_INPUT,
          "The settings of AWS cannot be used: ",
          endpoint,
          "Write an endpoint such as http://127.0.0.1:9000");
    }
  }

  @Test
  void accessThatIsDenied() throws IOException {
    try (RefusingServer s3 = RefusingServer.s3AccessDenied();
        RefusingServer dynamoDb = RefusingServer.dynamoDbAccessDenied()) {
      assertRefused(
          run(s3.endpoint(), dynamoDb.endpoint(), "run", "--schema", write(schema -> {})),
          NO_ACCESS,
          4,
          "no access to the source bucket '%s' (".formatted(migration.sourceBucket()),
          "Allow s3:ListBucket, s3:GetBucketVersioning, s3:GetBucketOwnershipControls, s3:GetBucketObjectLockConfiguration and s3:GetBucketWebsite on it.",
          "no access to the target table '%s' (AccessDeniedException"
              .formatted(migration.targetTable()),
          "Allow dynamodb:DescribeTable and dynamodb:Scan on it.");
    }
  }

  @Test
  void stacksThatMayBeReadOnly() throws IOException {
    Contents untouched = migration.target();
    try (FaultProxy s3 = FaultProxy.s3(emulator.servers().s3Endpoint());
        FaultProxy dynamoDb = FaultProxy.dynamoDb(emulator.servers().dynamoDbEndpoint())) {
      assertRefused(
          run(s3.endpoint(), dynamoDb.endpoint(), "run", "--schema", write(schema -> {})),
          NO_ACCESS,
          2,
          "beginning an upload to bucket %s: AccessDenied".formatted(migration.targetBucket()),
          "Add arn:aws:kms:us-east-1:111122223333:key/11112222-3333 to $.kmsKeyArnsTo and deploy",
          "writing to table %s: AccessDeniedException".formatted(migration.targetTable()),
          "Allow dynamodb:BatchWriteItem and dynamodb:PutItem on it");
    }
    assertThat(migration.target()).isEqualTo(untouched);
  }

  @Test
  void bucketOfAnotherRegion() throws IOException {
    try (RefusingServer s3 = RefusingServer.s3Elsewhere("eu-west-1")) {
      assertRefused(
          run(
              s3.endpoint(),
              emulator.servers().dynamoDbEndpoint(),
              "run",
              "--schema",
              write(schema -> {})),
          WRONG_INPUT,
          2,
          "the source bucket '%s' is in eu-west-1, not in us-east-1. Correct the region of the source stack."
              .formatted(migration.sourceBucket()));
    }
  }

  @Test
  void portThatIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertSays(
          run("sandbox", "--s3-port", Integer.toString(other.getLocalPort())),
          NO_ACCESS,
          "S3Mock cannot listen on 127.0.0.1:" + other.getLocalPort(),
          "choose another port");
    }
  }

  /** A file where the directory should be stands for all that cannot be written: root may all. */
  @Test
  void workDirectoryThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("occupied"), "");

    assertSays(
        run("run", "--schema", write(schema -> {}), "--work-dir", file.toString()),
        NO_ACCESS,
        "Cannot write " + file,
        "name another work directory");
  }

  @Test
  void workBucketThatIsMigrated() throws IOException {
    assertSays(
        run("run", "--schema", write(schema -> {}), "--work-bucket", migration.targetBucket()),
        WRONG_INPUT,
        "--work-bucket: '%s' is a bucket of this migration (files). Name another one."
            .formatted(migration.targetBucket()));
  }

  @Test
  void workBucketThatIsNotThere() throws IOException {
    assertSays(
        run("run", "--schema", write(schema -> {}), "--work-bucket", "no-such-work-bucket"),
        NO_ACCESS,
        "s3://no-such-work-bucket/runs/",
        "NoSuchBucket",
        "The specified bucket does not exist. Check that the bucket exists and that its use is allowed.");
  }

  /** The kernel lets no file grow over 512 bytes, as it lets none grow on a disk that is full. */
  @Test
  void workDirectoryThatIsFull() throws IOException {
    Contents untouched = migration.target();
    String schema = write(nothing -> {});
    try (CommandLineProcess process =
        CommandLineProcess.startWithFilesOfAtMost(
            1, emulator, directory, List.of("run", "--schema", schema))) {
      Ended ended = process.awaitEnd();

      assertSays(
          ended,
          NO_ACCESS,
          "Cannot write " + directory.resolve("vams-migrate-work"),
          "Check the space and the permissions there, or name another work directory.");
    }
    assertThat(migration.target()).isEqualTo(untouched);
  }

  private static Arguments schema(String name, Consumer<ObjectNode> mistake, String message) {
    return Arguments.of(Named.of(name, mistake), message);
  }

  private static ObjectNode names(ObjectNode schema, String list, String property) {
    return (ObjectNode) schema.at("/%s/0/%s".formatted(list, property));
  }

  private static ArrayNode renames(ObjectNode schema) {
    return (ArrayNode) schema.at("/%s/0/attributes".formatted(TABLES));
  }

  private static void rename(ObjectNode schema, String to) {
    JsonNode rename = renames(schema).get(0);
    ((ObjectNode) rename).put("to", to);
  }

  private String write(Consumer<ObjectNode> mistake) throws IOException {
    ObjectNode schema = migration.schema();
    mistake.accept(schema);
    return Files.writeString(directory.resolve("schema.json"), schema.toString()).toString();
  }

  private Ended run(String... arguments) {
    return run(emulator.servers().s3Endpoint(), emulator.servers().dynamoDbEndpoint(), arguments);
  }

  private Ended run(URI s3, URI dynamoDb, String... arguments) {
    try (CommandLineProcess process =
        CommandLineProcess.start(s3, dynamoDb, directory, List.of(arguments))) {
      return process.awaitEnd();
    }
  }

  private static void assertRefused(Ended ended, int exitCode, int problems, String... messages) {
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isEqualTo(exitCode);
    assertThat(ended.out())
        .contains(messages)
        .contains(
            "REFUSED: %d problem%s before anything was copied"
                .formatted(problems, problems == 1 ? "" : "s"));
    assertNoStackTrace(ended);
  }

  private static void assertSays(Ended ended, int exitCode, String... messages) {
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isEqualTo(exitCode);
    assertThat(ended.err()).contains(messages);
    assertNoStackTrace(ended);
  }

  private static void assertNoStackTrace(Ended ended) {
    assertThat(ended.out() + ended.err())
        .doesNotContain("Exception in thread", "\tat ", "NullPointerException");
  }
}
