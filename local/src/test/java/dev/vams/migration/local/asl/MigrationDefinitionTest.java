package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the definition that is deployed, with scripted functions. */
class MigrationDefinitionTest {

  private static final Path DEFINITION = Path.of("..", "statemachine", "migration.asl.json");
  private static final String SCHEMA = "{\"regionFrom\":\"eu-west-1\"}";

  private final Rig rig = new Rig().limits(1, 1_000_000);
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ObjectNode plan = JsonNodeFactory.instance.objectNode();
  private final ObjectNode reconciled = JsonNodeFactory.instance.objectNode();
  private final ObjectNode conclusion = JsonNodeFactory.instance.objectNode();
  private StateMachine machine;

  @BeforeEach
  void loadTheDefinition() throws IOException {
    machine =
        StateMachine.load(
            "Migration",
            new ObjectMapper().readTree(DEFINITION.toFile()),
            Map.of(
                "Partition", "aws",
                "WorkBucketName", "work",
                "PlanFunctionArn", "Plan",
                "CopyPrefixFunctionArn", "CopyPrefix",
                "CopySegmentFunctionArn", "CopySegment",
                "VerifyUnitFunctionArn", "VerifyUnit",
                "ReconcileFunctionArn", "Reconcile",
                "ConcludeFunctionArn", "Conclude"));
    plan.put("outcome", "READY").put("mode", "COPY").put("run", "run-1").put("maxConcurrency", 5);
    plan.put("summary", "two pairs").put("verifyUnitsKey", "verify.jsonl").putArray("phases");
    reconciled.put("units", 0).put("unitsKey", "locate.jsonl");
    conclusion.put("verdict", "VERIFIED").put("summary", "see the report");
    rig.objects.put("work", "verify.jsonl", "{\"id\":\"v1\",\"kind\":\"KEY_RANGE\"}\n");
    rig.objects.put("work", "locate.jsonl", "{\"id\":\"l1\",\"kind\":\"SEGMENT\"}\n");
    rig.tasks(this::call);
  }

  private JsonNode call(String function, JsonNode payload) throws TaskFailedException {
    calls.add(
        function
            + (payload.has("unit")
                ? " " + payload.at("/unit/id").textValue() + " " + payload.get("cursor")
                : ""));
    return switch (function) {
      case "Plan" -> plan;
      case "Reconcile" -> reconciled;
      case "Conclude" -> conclusion;
      default -> work(payload);
    };
  }

  /** Works on a unit in as many steps as the unit says. */
  private static JsonNode work(JsonNode payload) throws TaskFailedException {
    JsonNode unit = payload.get("unit");
    if (unit.has("fails")) {
      throw new TaskFailedException("dev.vams.migration.workflow.Broken", "cannot copy");
    }
    int step = payload.get("cursor").isNull() ? 1 : payload.at("/cursor/step").intValue() + 1;
    boolean done = step >= unit.path("steps").asInt(1);
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("done", done);
    answer.put("waitSeconds", done ? 0 : unit.path("waitSeconds").asInt(0));
    if (done) {
      answer.putNull("cursor");
    } else {
      answer.putObject("cursor").put("step", step);
    }
    answer.putArray("shares");
    if (unit.path("splitsAt").intValue() == step) {
      answer.set("shares", unit.get("into"));
    }
    return answer;
  }

  private void phase(String name, String... units) {
    plan.withArray("phases").addObject().put("name", name).put("unitsKey", name + ".jsonl");
    rig.objects.put("work", name + ".jsonl", String.join("\n", units));
  }

  private ExecutionResult run() {
    return rig.run(machine, SCHEMA);
  }

  @Test
  void aRefusedPlanFailsWithItsSummary() {
    plan.put("outcome", "REFUSED").put("summary", "no such bucket");

    assertThat(run()).isEqualTo(new ExecutionResult.Failed("PlanRefused", "no such bucket"));
    assertThat(calls).containsExactly("Plan");
  }

  @Test
  void thePlanGetsTheRunAndTheSchema() {
    plan.put("outcome", "REFUSED");
    rig.tasks(
        (function, payload) -> {
          assertThat(payload).isEqualTo(Rig.json("{\"run\":\"run-1\",\"schema\":" + SCHEMA + "}"));
          return plan;
        });

    Rig.failed(run());
  }

  @Test
  void aUnitWhoseObjectsAreRestoredComesBackAfterTheTimeThatItsWorkerSays() {
    phase("copy", "{\"id\":\"b1\",\"kind\":\"KEY_RANGE\",\"steps\":3,\"waitSeconds\":900}");

    assertThat(Rig.succeeded(run())).isEqualTo(conclusion);
    assertThat(rig.time.sleeps()).containsExactly(Duration.ofMinutes(15), Duration.ofMinutes(15));
    assertThat(calls)
        .containsSubsequence(
            "CopyPrefix b1 null", "CopyPrefix b1 {\"step\":1}", "CopyPrefix b1 {\"step\":2}");
  }

  @Test
  void aDryRunOnlyConcludes() {
    plan.put("mode", "DRY_RUN");
    conclusion.put("verdict", "PLANNED");

    assertThat(Rig.succeeded(run())).isEqualTo(conclusion);
    assertThat(rig.listener.states())
        .containsExactly("Plan", "IsPlanReady", "Conclude", "IsVerified", "Verified");
  }

  @Test
  void copiesPhaseAfterPhaseThenVerifies() {
    phase("tables", "{\"id\":\"t1\",\"kind\":\"SEGMENT\"}", "{\"id\":\"t2\",\"kind\":\"SEGMENT\"}");
    phase("buckets", "{\"id\":\"b1\",\"kind\":\"KEY_RANGE\"}");

    assertThat(Rig.succeeded(run())).isEqualTo(conclusion);
    assertThat(calls)
        .containsExactly(
            "Plan",
            "CopySegment t1 null",
            "CopySegment t2 null",
            "CopyPrefix b1 null",
            "VerifyUnit v1 null",
            "Reconcile",
            "Conclude");
    assertThat(rig.objects.names())
        .filteredOn(name -> name.endsWith("manifest.json"))
        .extracting(name -> name.replaceAll("/[^/]+/manifest.json", ""))
        .containsExactlyInAnyOrder(
            "work/runs/run-1/results/tables",
            "work/runs/run-1/results/buckets",
            "work/runs/run-1/results/verify");
  }

  @Test
  void aWorkerThatIsNotDoneIsCalledAgainWithItsCursor() {
    phase("all", "{\"id\":\"b1\",\"kind\":\"KEY_RANGE\",\"steps\":3}");
    rig.objects.put("work", "verify.jsonl", "{\"id\":\"v1\",\"steps\":2}");

    Rig.succeeded(run());
    assertThat(calls)
        .containsExactly(
            "Plan",
            "CopyPrefix b1 null",
            "CopyPrefix b1 {\"step\":1}",
            "CopyPrefix b1 {\"step\":2}",
            "VerifyUnit v1 null",
            "VerifyUnit v1 {\"step\":1}",
            "Reconcile",
            "Conclude");
  }

  @Test
  void sharesOfAUnitAreCopiedBeforeItsWorkerIsCalledAgain() {
    phase(
        "all",
        """
        {"id":"b1","kind":"KEY_RANGE","steps":3,"splitsAt":2,
        "into":[{"id":"b1_01","kind":"KEY_RANGE","steps":2},{"id":"b1_02","kind":"KEY_RANGE"}]}"""
            .replace("\n", ""));

    Rig.succeeded(run());
    assertThat(calls)
        .containsExactly(
            "Plan",
            "CopyPrefix b1 null",
            "CopyPrefix b1 {\"step\":1}",
            "CopyPrefix b1_01 null",
            "CopyPrefix b1_01 {\"step\":1}",
            "CopyPrefix b1_02 null",
            "CopyPrefix b1 {\"step\":2}",
            "VerifyUnit v1 null",
            "Reconcile",
            "Conclude");
    assertThat(rig.listener.lines())
        .as("the shares are no units of their own")
        .filteredOn(line -> line.contains("CopyPhase") && !line.startsWith("state"))
        .containsExactly("map CopyPhase 1", "succeeded CopyPhase");
  }

  @Test
  void aUnitFailsWithTheErrorOfItsShareAndIsNamedByTheResults() {
    phase(
        "all",
        """
        {"id":"b1","kind":"KEY_RANGE","steps":2,"splitsAt":1,
        "into":[{"id":"b1_01","kind":"KEY_RANGE","fails":true}]}"""
            .replace("\n", ""));

    Rig.succeeded(run());
    assertThat(calls).endsWith("Reconcile", "Conclude");
    JsonNode failed =
        rig.objects.names().stream()
            .filter(name -> name.contains("/FAILED_"))
            .map(name -> Rig.json(rig.objects.text("work", name.substring("work/".length()))))
            .findFirst()
            .orElseThrow()
            .get(0);
    assertThat(failed.get("Error").textValue()).isEqualTo("dev.vams.migration.workflow.Broken");
    assertThat(Rig.json(failed.get("Input").textValue()).at("/unit/id").textValue())
        .isEqualTo("b1");
  }

  @Test
  void differencesAreLocatedItemByItem() {
    reconciled.put("units", 1);

    Rig.succeeded(run());
    assertThat(calls)
        .containsExactly(
            "Plan", "VerifyUnit v1 null", "Reconcile", "VerifyUnit l1 null", "Conclude");
    assertThat(rig.listener.states())
        .contains("LocateDifferences", "CompareItems", "IsLocated", "Located");
  }

  @Test
  void whatIsNotVerifiedFailsWithTheVerdict() {
    conclusion.put("verdict", "NOT_VERIFIED").put("summary", "3 objects differ");

    assertThat(run()).isEqualTo(new ExecutionResult.Failed("NOT_VERIFIED", "3 objects differ"));
  }

  @Test
  void aUnitThatFailsStopsNeitherTheOthersNorTheReport() {
    phase(
        "all",
        "{\"id\":\"b1\",\"kind\":\"KEY_RANGE\",\"fails\":true}",
        "{\"id\":\"x1\",\"kind\":\"UNHEARD_OF\"}",
        "{\"id\":\"b2\",\"kind\":\"KEY_RANGE\"}");

    Rig.succeeded(run());
    assertThat(calls).contains("CopyPrefix b2 null", "Conclude");
    assertThat(rig.listener.lines())
        .contains("failed CopyPhase dev.vams.migration.workflow.Broken cannot copy")
        .anyMatch(
            line ->
                line.startsWith(
                    "failed CopyPhase UnknownUnitKind Unit x1 has the kind UNHEARD_OF."));
  }

  @Test
  void throttlingIsRetriedEightTimes() {
    rig.tasks(
        (function, payload) -> {
          throw new TaskFailedException(
              "dev.vams.migration.workflow.TransientException", "slow down");
        });

    assertThat(Rig.failed(run()).error())
        .isEqualTo("dev.vams.migration.workflow.TransientException");
    assertThat(rig.time.sleeps())
        .hasSize(8)
        .allMatch(delay -> delay.compareTo(Duration.ofSeconds(60)) <= 0);
  }
}
