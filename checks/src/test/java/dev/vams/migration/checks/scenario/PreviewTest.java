package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code vams-migrate preview} shows of a table, and that it writes nothing. */
@ExtendWith(EmulatorExtension.class)
class PreviewTest {
  private static final int CANNOT_BE_COPIED = 1;
  private static final int WRONG_INPUT = 2;
  private static final int NO_ACCESS = 3;

  /** One operation of each kind, and one that nothing needs. */
  private static final String TRANSFORM =
      """
      [
        {"op": "rename", "path": ["details", "color"], "to": "colour"},
        {"op": "drop", "path": "obsolete"},
        {"op": "set", "path": "layout", "value": {"N": "2"}},
        {"op": "copy", "path": "number", "to": ["details", "id"]},
        {"op": "replaceValue", "path": ["files", "*", "bucket"],
         "from": "blue-", "to": "green-", "match": "PREFIX"},
        {"op": "drop", "path": "unheardOf"}
      ]
      """;

  @TempDir Path folder;

  private Emulator emulator;
  private SmallMigration migration;
  private ObjectNode schema;

  @BeforeEach
  void createTables(Emulator shared) throws IOException {
    emulator = shared;
    migration = SmallMigration.create(emulator, new Size(0, 0, 0));
    schema = migration.schema();
    ((ObjectNode) schema.at("/VAMS_DynamoDBTable_Mapping/0"))
        .set("transform", new ObjectMapper().readTree(TRANSFORM));
  }

  @Test
  void showsEachItemBeforeAndAfterAndWritesNothing() throws IOException {
    migration.putItem(
        migration.sourceTable(),
        1,
        Map.of(
            "author", text("ann"),
            "obsolete", AttributeValue.fromBool(true),
            "details", AttributeValue.fromM(Map.of("size", text("big"), "color", text("red"))),
            "files", AttributeValue.fromL(List.of(file("blue-assets"), file("other")))));
    migration.putItem(migration.targetTable(), 2, Map.of("text", text("own")));
    List<Object> before = contents();
    WriteCounter writes = new WriteCounter();

    Ended ended = preview(writes, "--table", SmallMigration.TABLE);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out().stripTrailing())
        .isEqualTo(
            """
            owner=owner-0, number=0001
              owner  {"S":"owner-0"}
              number  {"S":"0001"}
            - author  {"S":"ann"}
            + writer  {"S":"ann"}
              details
            -   color  {"S":"red"}
            +   colour  {"S":"red"}
                size  {"S":"big"}
            +   id  {"S":"0001"}
              files
                0
            -     bucket  {"S":"blue-assets"}
            +     bucket  {"S":"green-assets"}
                1  {"M":{"bucket":{"S":"other"}}}
            - obsolete  {"BOOL":true}
            + layout  {"N":"2"}""");
    assertThat(ended.err())
        .isEqualTo(
            """
            1 item of '%s': 1 changed, 0 unchanged, 0 that cannot be copied.
            None of them is changed by the drop of 'unheardOf' (transform[5])."""
                .formatted(migration.sourceTable()));
    assertThat(writes.all()).isZero();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void showsNoMoreItemsThanWereAskedFor() throws IOException {
    for (int number = 0; number < 20; number++) {
      migration.putItem(migration.sourceTable(), number, Map.of());
    }

    Ended few = preview(new WriteCounter(), "--table", SmallMigration.TABLE, "--items", "3");
    Ended all = preview(new WriteCounter(), "--table", SmallMigration.TABLE, "--items", "100");

    assertThat(few.out().lines().filter(line -> line.startsWith("owner="))).hasSize(3);
    assertThat(all.out().lines().filter(line -> line.startsWith("owner="))).hasSize(20);
  }

  @Test
  void anItemThatCannotGoToTheTargetIsToldWithItsReason() throws IOException {
    migration.putItem(
        migration.sourceTable(), 1, Map.of("author", text("ann"), "writer", text("bob")));

    Ended ended = preview(new WriteCounter(), "--table", SmallMigration.TABLE);

    assertThat(ended.exitCode()).isEqualTo(CANNOT_BE_COPIED);
    assertThat(ended.out())
        .contains(
            "cannot go to '%s': rename of 'author' to 'writer' would lose a value"
                .formatted(migration.targetTable()));
    assertThat(ended.err()).contains("0 changed, 0 unchanged, 1 that cannot be copied.");
  }

  @Test
  void anEmptyTableIsToldToBeEmpty() throws IOException {
    Ended ended = preview(new WriteCounter(), "--table", SmallMigration.TABLE);

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo("The table '%s' has no items.".formatted(migration.sourceTable()));
  }

  @Test
  void wrongInputIsAnsweredWithWhatIsMeant() throws IOException {
    Ended misspelt = preview(new WriteCounter(), "--table", "noets");
    Ended unknown = preview(new WriteCounter(), "--table", "assetStorageTable");
    Ended none = preview(new WriteCounter(), "--table", SmallMigration.TABLE, "--items", "0");
    ((ObjectNode) schema.at("/VAMS_DynamoDBTable_Mapping/0/tables")).put("to", "nowhere");
    Ended missing = preview(new WriteCounter(), "--table", SmallMigration.TABLE);
    schema.remove("VAMS_DynamoDBTable_Mapping");
    Ended noTables = preview(new WriteCounter(), "--table", SmallMigration.TABLE);

    assertThat(List.of(misspelt, unknown, none, missing, noTables))
        .extracting(Ended::exitCode)
        .containsOnly(WRONG_INPUT);
    assertThat(misspelt.err()).endsWith("has no table pair 'noets'. Did you mean 'notes'?");
    assertThat(unknown.err()).endsWith("has no table pair 'assetStorageTable'. It has: notes.");
    assertThat(none.err()).isEqualTo("--items: 0 is too little. Give 1 or more.");
    assertThat(missing.err()).startsWith("There is no table 'nowhere'.");
    assertThat(noTables.err()).endsWith("has no table pair 'notes'. It has none at all.");
  }

  @Test
  void aTableThatCannotBeReachedIsNoWrongInput() throws IOException {
    Ended ended = preview(closedPort(), "--table", SmallMigration.TABLE);

    assertThat(ended.exitCode()).isEqualTo(NO_ACCESS);
    assertThat(ended.err())
        .contains("The table '%s' cannot be looked at".formatted(migration.sourceTable()))
        .contains("dynamodb:DescribeTable");
  }

  /** Where nobody listens any more. */
  private static URI closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private List<Object> contents() {
    return List.of(
        Contents.items(emulator, migration.sourceTable()),
        Contents.items(emulator, migration.targetTable()));
  }

  private Ended preview(WriteCounter writes, String... options) throws IOException {
    try (FaultProxy dynamoDb = new FaultProxy(emulator.servers().dynamoDbEndpoint(), writes)) {
      return preview(dynamoDb.endpoint(), options);
    }
  }

  private Ended preview(URI dynamoDb, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("schema.json"), schema.toString());
    List<String> preview = new ArrayList<>(List.of("preview", "--schema", file.toString()));
    preview.addAll(List.of(options));
    try (CommandLineProcess process =
        CommandLineProcess.start(emulator.servers().s3Endpoint(), dynamoDb, folder, preview)) {
      return process.awaitEnd();
    }
  }

  private static AttributeValue file(String bucket) {
    return AttributeValue.fromM(Map.of("bucket", text(bucket)));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }
}
