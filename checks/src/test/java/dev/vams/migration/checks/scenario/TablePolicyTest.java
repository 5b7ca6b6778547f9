package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What becomes of a target table that has some items already: 20 as the source has them, 10 others
 * under keys of the source, and 10 that only the target has. 30 are missing there.
 */
@ExtendWith(EmulatorExtension.class)
class TablePolicyTest {
  private static final int BYTES = 20;
  private static final int SAME = 20;
  private static final int OTHER = 10;
  private static final int MISSING = 30;
  private static final int OWN = 10;
  private static final int SOURCE = SAME + OTHER + MISSING;
  private static final int BEFORE = SAME + OTHER + OWN;
  private static final int FIRST_OWN = 900;

  /** By how much it is more than the items: Plan deletes a key that no item has. */
  private static final int TRIAL = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Emulator emulator;
  private SmallMigration migration;

  /** A policy. */
  private enum Case {
    FAIL("FAIL", false, 0, 0, 0),
    MERGE("MERGE", false, 0, SOURCE, 0),
    OVERWRITE("OVERWRITE", false, SOURCE, 0, 0),
    SYNC("SYNC", false, OTHER + MISSING, 0, 0),
    SYNC_AND_DELETE("SYNC", true, OTHER + MISSING, 0, OWN);

    final String policy;
    final boolean isDeleting;
    final int puts;
    final int conditionalPuts;
    final int deletions;

    /**
     * @param puts how many items are sent to DynamoDB in batches
     * @param conditionalPuts how many are put where there is none
     * @param deletions how many keys are sent to be deleted
     */
    Case(String policy, boolean isDeleting, int puts, int conditionalPuts, int deletions) {
      this.policy = policy;
      this.isDeleting = isDeleting;
      this.puts = puts;
      this.conditionalPuts = conditionalPuts;
      this.deletions = deletions;
    }

    Outcome outcome() {
      return switch (this) {
        case FAIL -> new Outcome(2, "REFUSED", 0, 0, 0, 0);
        case MERGE -> new Outcome(1, "MISMATCH", MISSING, SAME, OTHER, 0);
        case OVERWRITE -> new Outcome(0, "VERIFIED", SOURCE, 0, 0, 0);
        case SYNC -> new Outcome(0, "VERIFIED", OTHER + MISSING, SAME, 0, 0);
        case SYNC_AND_DELETE -> new Outcome(0, "VERIFIED", OTHER + MISSING, SAME, 0, OWN);
      };
    }
  }

  /** What the command line says that it has done. */
  private record Outcome(
      int exitCode, String verdict, int written, int skipped, int kept, int deleted) {

    static Outcome of(Ended ended) throws IOException {
      JsonNode summary = JSON.readTree(ended.out());
      JsonNode tables = summary.at("/tables");
      return new Outcome(
          ended.exitCode(),
          summary.at("/verdict").asText(),
          tables.at("/itemsCopied").asInt(),
          tables.at("/itemsSkipped").asInt(),
          tables.at("/itemsKept").asInt(),
          tables.at("/itemsDeleted").asInt());
    }
  }

  @BeforeEach
  void fillHalfOfTheTarget(Emulator shared) {
    emulator = shared;
    migration = SmallMigration.create(emulator, new Size(0, SOURCE, BYTES));
    fillHalf(migration);
  }

  private static void fillHalf(SmallMigration migration) {
    String target = migration.targetTable();
    for (int number = 0; number < SAME; number++) {
      migration.putItem(target, number, SmallMigration.migratedItem(number, BYTES));
    }
    for (int number = SAME; number < SAME + OTHER; number++) {
      migration.putItem(target, number, Map.of("text", AttributeValue.fromS("other")));
    }
    for (int number = FIRST_OWN; number < FIRST_OWN + OWN; number++) {
      migration.putItem(target, number, Map.of("text", AttributeValue.fromS("own")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatIsHalfFilledIsTreatedAsThePolicySays(Case policy) throws IOException {
    Set<Map<String, AttributeValue>> before = targetItems(migration);
    ObjectNode schema = migration.schema("ifTargetNotEmpty", policy.policy);
    ((ObjectNode) schema.path("options")).put("deleteExtraneous", policy.isDeleting);
    WriteCounter writes = new WriteCounter();

    Ended ended = run(schema, writes);

    Set<Map<String, AttributeValue>> after = targetItems(migration);
    Outcome outcome = Outcome.of(ended);
    System.out.printf(
        "%-15s  before %d  after %d  written %d  skipped %d  kept %d  deleted %d  %s, exit code %d%n",
        policy,
        before.size(),
        after.size(),
        outcome.written(),
        outcome.skipped(),
        outcome.kept(),
        outcome.deleted(),
        outcome.verdict(),
        outcome.exitCode());
    assertThat(outcome).as(ended.err()).isEqualTo(policy.outcome());
    assertThat(before).hasSize(BEFORE);
    assertThat(after).isEqualTo(expected(policy, before));
    assertThat(writes.puts()).isEqualTo(policy.puts);
    assertThat(writes.deletions()).isBetween(policy.deletions, policy.deletions + TRIAL);
    assertThat(writes.conditionalPuts())
        .isBetween(policy.conditionalPuts, policy.conditionalPuts + TRIAL);
  }

  @Test
  void eachTableMayHaveAPolicyOfItsOwn() throws IOException {
    Map<Case, SmallMigration> migrations =
        Map.of(
            Case.MERGE, migration,
            Case.OVERWRITE, another(),
            Case.SYNC, another());
    ObjectNode schema = migration.schema();
    ArrayNode pairs = schema.putArray("VAMS_DynamoDBTable_Mapping");
    migrations.forEach(
        (policy, one) -> {
          JsonNode pair = one.schema().at("/VAMS_DynamoDBTable_Mapping/0");
          pairs.add(
              ((ObjectNode) pair)
                  .put("tableDescriptor", policy.name())
                  .put("ifTargetNotEmpty", policy.policy));
        });
    Set<Map<String, AttributeValue>> before = targetItems(migration);

    Ended ended = run(schema, new WriteCounter());

    assertThat(Outcome.of(ended))
        .as(ended.err())
        .isEqualTo(
            new Outcome(1, "MISMATCH", MISSING + SOURCE + OTHER + MISSING, SAME + SAME, OTHER, 0));
    migrations.forEach(
        (policy, one) ->
            assertThat(targetItems(one)).as(policy.name()).isEqualTo(expected(policy, before)));
  }

  private SmallMigration another() {
    SmallMigration another = SmallMigration.create(emulator, new Size(0, SOURCE, BYTES));
    fillHalf(another);
    return another;
  }

  private Set<Map<String, AttributeValue>> targetItems(SmallMigration one) {
    return Contents.items(emulator, one.targetTable());
  }

  private static Set<Map<String, AttributeValue>> expected(
      Case policy, Set<Map<String, AttributeValue>> before) {
    Set<Map<String, AttributeValue>> migrated =
        IntStream.range(0, SOURCE)
            .mapToObj(number -> SmallMigration.migratedItem(number, BYTES))
            .collect(Collectors.toSet());
    Set<Map<String, AttributeValue>> own = new HashSet<>(before);
    own.removeIf(item -> number(item) < FIRST_OWN);
    Set<Map<String, AttributeValue>> expected = new HashSet<>(migrated);
    switch (policy) {
      case FAIL -> {
        return before;
      }
      case MERGE -> {
        expected.removeIf(item -> number(item) < SAME + OTHER);
        expected.addAll(before);
      }
      case OVERWRITE, SYNC -> expected.addAll(own);
      case SYNC_AND_DELETE -> {}
    }
    return expected;
  }

  private static int number(Map<String, AttributeValue> item) {
    return Integer.parseInt(item.get("number").s());
  }

  private Ended run(ObjectNode schema, WriteCounter writes) throws IOException {
    schema.remove("VAMS_S3Bucket_Mapping");
    Path file = Files.writeString(folder.resolve("schema.json"), schema.toString());
    List<String> run = List.of("run", "--schema", file.toString(), "--output", "json");
    try (FaultProxy dynamoDb = new FaultProxy(emulator.servers().dynamoDbEndpoint(), writes);
        CommandLineProcess process =
            CommandLineProcess.start(
                emulator.servers().s3Endpoint(), dynamoDb.endpoint(), folder, run)) {
      return process.awaitEnd();
    }
  }
}
