package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar has only those classes that the build found to be needed. Each handler is run with
 * nothing else, as Lambda runs it.
 */
@ExtendWith(EmulatorExtension.class)
class LambdaJarTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RUN = "jar";

  /** As EventBridge tells of it. */
  private static final String SUCCEEDED =
      """
      {"version": "0", "id": "1", "detail-type": "Step Functions Execution Status Change",
       "source": "aws.states", "account": "123456789012", "time": "2026-01-01T00:00:00Z",
       "region": "us-east-1", "resources": ["arn"],
       "detail": {"executionArn": "arn", "name": "jar", "status": "SUCCEEDED"}}
      """;

  private final Emulator emulator;
  private final List<String> logs = new ArrayList<>();

  LambdaJarTest(Emulator emulator) {
    this.emulator = emulator;
  }

  @Test
  void aMigrationByTheFunctionsOfTheJarIsVerifiedLoggedAndMeasured(@TempDir Path folder)
      throws IOException, InterruptedException {
    Optional<Path> jar = LambdaSetup.jar();
    assumeTrue(jar.isPresent(), "the build was told to make no Lambda jar");
    SmallMigration migration = SmallMigration.create(emulator, Size.SMALL);
    String workBucket = migration.name() + "-work";
    emulator.s3().createBucket(request -> request.bucket(workBucket)).join();
    LambdaSetup setup =
        new LambdaSetup(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            LambdaSetup.layOut(jar.get(), folder, migration.schema()),
            emulator,
            workBucket,
            true,
            InstantSource.system());

    ObjectNode plan = request();
    plan.set("schema", migration.schema());
    invoke(setup, "PlanHandler", List.of(plan));
    List<JsonNode> units = units(setup, "copy");
    invoke(setup, "CopyPrefixHandler", requests(units, "KEY_RANGE"));
    invoke(setup, "CopySegmentHandler", requests(units, "SEGMENT"));
    invoke(setup, "VerifyUnitHandler", requests(units(setup, "verify"), ""));
    invoke(setup, "ReconcileHandler", List.of(request()));
    JsonNode conclusion = invoke(setup, "ConcludeHandler", List.of(request()));

    invoke(setup, "NotifyHandler", List.of(MAPPER.readTree(SUCCEEDED)));

    assertThat(conclusion.get("verdict").textValue()).isEqualTo("VERIFIED");
    assertThat(logs)
        .hasSize(7)
        .allSatisfy(
            log ->
                assertThat(log)
                    .doesNotContain("StatusLogger", "SLF4J", "\"level\":\"WARN\"", "Exception"));
    assertThat(logs.subList(0, 6))
        .allSatisfy(
            log ->
                assertThat(log)
                    .contains("\"message\":\"task started\"", "\"message\":\"task ended\"")
                    .contains("\"run\":\"jar\"", "\"service\":\"vams-migration\""));
    assertThat(logs.get(1)).contains("\"ObjectsCopied\":20.0", "\"Pair\":\"files\"");
    assertThat(logs.get(2)).contains("\"ItemsCopied\":30.0", "\"Pair\":\"notes\"");
    assertThat(logs.get(3)).contains("\"Namespace\":\"VamsMigration\"", "\"Progress\":");
  }

  /** The response to the last request. */
  private JsonNode invoke(LambdaSetup setup, String handler, List<JsonNode> requests)
      throws IOException, InterruptedException {
    assertThat(requests).as(handler).isNotEmpty();
    try (LambdaFunction function = LambdaFunction.start(setup, handler)) {
      JsonNode response = null;
      for (JsonNode request : requests) {
        response = function.invoke(request).response();
      }
      logs.add(function.log());
      return response;
    }
  }

  private static List<JsonNode> units(LambdaSetup setup, String phase) throws IOException {
    List<JsonNode> units = new ArrayList<>();
    for (String line : setup.lines("runs/" + RUN + "/units-" + phase + ".jsonl")) {
      units.add(MAPPER.readTree(line));
    }
    return units;
  }

  private static List<JsonNode> requests(List<JsonNode> units, String kind) {
    List<JsonNode> requests = new ArrayList<>();
    for (JsonNode unit : units) {
      if (kind.isEmpty() || kind.equals(unit.get("kind").textValue())) {
        ObjectNode request = request();
        request.set("unit", unit);
        requests.add(request.putNull("cursor"));
      }
    }
    return requests;
  }

  private static ObjectNode request() {
    return MAPPER.createObjectNode().put("run", RUN);
  }
}
