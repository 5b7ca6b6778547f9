package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells people how a run is doing. */
class ObservabilityTest {
  @TempDir static Path folder;

  private static MigrationTemplate template;

  @BeforeAll
  static void synthesize() throws IOException {
    template = MigrationTemplate.synthesize(folder, Scopes.small());
  }

  @Test
  void alarmsGoToTheTopicAndRestWhereThereIsNoRun() {
    List<String> paths = template.paths("AWS::CloudWatch::Alarm");

    assertThat(paths)
        .containsExactly(
            "Alarms/RunFailed",
            "Alarms/WorkerErrors",
            "Alarms/WorkersThrottled",
            "Alarms/StacksThrottled",
            "Alarms/RunStalled",
            "Alarms/NotificationFailed");
    assertThat(paths)
        .allSatisfy(
            path -> {
              JsonNode alarm = template.properties(path);
              assertThat(template.text(alarm.at("/AlarmActions/0")))
                  .isEqualTo("${Notifications/Topic}");
              assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
              assertThat(alarm.path("AlarmDescription").asText()).isNotBlank();
            });
  }

  @Test
  void aFailedRunIsOneThatFailsTimesOutOrIsStopped() {
    JsonNode alarm = template.properties("Alarms/RunFailed");

    assertThat(alarm.findValuesAsText("MetricName"))
        .containsExactlyInAnyOrder("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted");
    assertThat(alarm.findValues("Dimensions"))
        .allSatisfy(
            dimensions ->
                assertThat(template.text(dimensions.at("/0/Value")))
                    .isEqualTo("${Workflow/StateMachine}"));
    assertThat(alarm.path("Threshold").asInt()).isEqualTo(1);
  }

  @Test
  void aRunIsStalledWhenWorkersMakeNoProgressForAQuarterOfAnHour() {
    JsonNode alarm = template.properties("Alarms/RunStalled");

    assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(15);
    assertThat(alarm.path("DatapointsToAlarm").asInt()).isEqualTo(12);
    assertThat(alarm.findValuesAsText("Period")).containsOnly("60");
    Map<String, String> expressions = expressions(alarm);
    assertThat(expressions)
        .contains(
            entry("expr_1", "IF(workers > 0 AND FILL(progress, 0) == 0, 1, 0)"),
            entry("workers", "SUM([workers_at_work0, workers_at_work1, workers_at_work2])"));
    assertThat(functions(alarm))
        .containsExactlyInAnyOrder(
            "${Functions/CopyPrefix/Function}",
            "${Functions/CopySegment/Function}",
            "${Functions/VerifyUnit/Function}");
  }

  @Test
  void throttlingOfThePairsIsSummedOverAllPairs() {
    assertThat(expressions(template.properties("Alarms/StacksThrottled")))
        .containsValue("SELECT SUM(Throttles) FROM SCHEMA(VamsMigration, Pair)");
  }

  @Test
  void theDashboardAnswersHowFarHowFastWhatFailedAndWhatIsThrottledPerPair() {
    JsonNode dashboard = template.properties("Dashboard/Dashboard");
    String body = template.text(dashboard.path("DashboardBody"));

    assertThat(dashboard.path("DashboardName").asText()).isEqualTo("VamsDataMigration");
    assertThat(body)
        .contains("How far: settled per pair", "How fast: objects", "How fast: bytes")
        .contains("What failed", "What is throttled", "Alarms");
    for (String metric :
        List.of(
            "ObjectsCopied",
            "ItemsCopied",
            "BytesCopied",
            "Skipped",
            "Kept",
            "Failed",
            "Throttles")) {
      assertThat(body)
          .contains("SEARCH('{VamsMigration,Pair} MetricName=\\\"" + metric + "\\\"', 'Sum', 60)");
    }
  }

  @Test
  void theNotifierHearsOfRunsAndNotOfTheChildrenOfTheirMaps() {
    JsonNode rule = template.properties("Notifications/RunStatusChanged");

    assertThat(template.text(rule.at("/EventPattern/detail/executionArn/0/prefix")))
        .isEqualTo(
            "arn:aws:states:eu-west-1:${AWS::AccountId}:execution:${Workflow/StateMachine.Name}:");
    assertThat(rule.at("/EventPattern/detail/status"))
        .extracting(JsonNode::asText)
        .containsExactly("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");
    assertThat(template.text(rule.at("/Targets/0/Arn"))).isEqualTo("${Notifications/Notify/Live}");
    assertThat(
            template.text(
                template
                    .properties("Notifications/Notify/Function")
                    .at("/Environment/Variables/NOTIFICATION_TOPIC_ARN")))
        .isEqualTo("${Notifications/Topic}");
  }

  @Test
  void theTopicIsEncryptedWithAKeyThatAlarmsMayUse() {
    assertThat(template.text(template.properties("Notifications/Topic").path("KmsMasterKeyId")))
        .isEqualTo("${Notifications/Key.Arn}");
    assertThat(template.properties("Notifications/Key").path("EnableKeyRotation").asBoolean())
        .isTrue();
    assertThat(template.text(template.root().at("/Outputs/NotificationTopicArn/Value")))
        .isEqualTo("${Notifications/Topic}");
  }

  private static Map<String, String> expressions(JsonNode alarm) {
    Map<String, String> expressions = new TreeMap<>();
    alarm
        .path("Metrics")
        .forEach(
            metric -> {
              if (metric.has("Expression")) {
                expressions.put(metric.path("Id").asText(), metric.path("Expression").asText());
              }
            });
    return expressions;
  }

  private static List<String> functions(JsonNode alarm) {
    return alarm.findValues("Dimensions").stream()
        .flatMap(dimensions -> StreamSupport.stream(dimensions.spliterator(), false))
        .map(dimension -> template.text(dimension.path("Value")))
        .toList();
  }
}
