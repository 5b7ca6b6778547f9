package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStateTest {

  private static final String TASK =
      """
      "Start":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
        "Arguments":{"FunctionName":"work","Payload":{"in":"{% $states.input.n %}","try":"{% $states.context.State.RetryCount %}"}}
      """;

  private final Rig rig = new Rig();

  /** Fails with these errors one after the other, then answers its payload. */
  private void failWith(String... errors) {
    Deque<String> left = new ArrayDeque<>(List.of(errors));
    rig.tasks(
        (function, payload) -> {
          if (!left.isEmpty()) {
            throw new TaskFailedException(left.remove(), "it went wrong");
          }
          return payload;
        });
  }

  private ExecutionResult runWith(String fields) {
    return rig.run(TASK + "," + fields + "}", "{\"n\":5}");
  }

  @Test
  void theResultIsThatOfTheLambdaIntegration() {
    List<String> called = new ArrayList<>();
    rig.tasks(
        (function, payload) -> {
          called.add(function + payload);
          return Rig.json("[1]");
        });

    assertThat(Rig.succeeded(runWith("\"End\":true")))
        .isEqualTo(Rig.json("{\"StatusCode\":200,\"Payload\":[1]}"));
    assertThat(called).containsExactly("work{\"in\":5,\"try\":0}");
  }

  @Test
  void assignAndOutputSeeTheResult() {
    rig.tasks((function, payload) -> JsonNodeFactory.instance.numberNode(7));
    String states =
        TASK
            + """
            ,"Assign":{"seven":"{% $states.result.Payload %}"},"Output":"{% $states.result.StatusCode %}","Next":"Last"},
            "Last":{"Type":"Succeed","Output":"{% [$states.input, $seven] %}"}
            """;

    assertThat(rig.output(states, "{\"n\":1}")).hasToString("[200,7]");
  }

  @Test
  void aFailureThatNothingCatchesFailsTheRun() {
    failWith("Broken");

    assertThat(runWith("\"End\":true"))
        .isEqualTo(new ExecutionResult.Failed("Broken", "it went wrong"));
  }

  @Test
  void retriesWithExponentialBackoff() {
    failWith("Busy", "Busy", "Busy");
    ExecutionResult result =
        runWith(
            """
            "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":2,"BackoffRate":3,"MaxAttempts":3,"JitterStrategy":"NONE"}],"End":true
            """);

    assertThat(rig.time.sleeps())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(18));
    assertThat(rig.listener.lines())
        .containsExactly(
            "state Start",
            "retry Start Busy 1 PT2S",
            "retry Start Busy 2 PT6S",
            "retry Start Busy 3 PT18S");
    assertThat(Rig.succeeded(result).at("/Payload/try").intValue()).isEqualTo(3);
  }

  @Test
  void aRetrierHasTheDefaultsOfStepFunctions() {
    failWith("Busy", "Busy", "Busy", "Busy");

    assertThat(Rig.failed(runWith("\"Retry\":[{\"ErrorEquals\":[\"Busy\"]}],\"End\":true")).error())
        .isEqualTo("Busy");
    assertThat(rig.time.sleeps())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void theDelayGrowsNoLongerThanMaxDelaySeconds() {
    failWith("Busy", "Busy", "Busy", "Busy");
    runWith(
        "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"IntervalSeconds\":4,\"MaxAttempts\":4,\"MaxDelaySeconds\":10}],\"End\":true");

    assertThat(rig.time.sleeps())
        .containsExactly(
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
  }

  @Test
  void fullJitterDrawsTheDelayBetweenZeroAndItsValue() {
    failWith("Busy", "Busy");
    runWith(
        "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"IntervalSeconds\":10,\"JitterStrategy\":\"FULL\"}],\"End\":true");

    Random sameSeed = new Random(1);
    assertThat(rig.time.sleeps())
        .containsExactly(
            Duration.ofMillis(Math.round(10_000 * sameSeed.nextDouble())),
            Duration.ofMillis(Math.round(20_000 * sameSeed.nextDouble())));
  }

  @Test
  void everyRetrierCountsForItself() {
    failWith("Busy", "Slow", "Busy", "Slow");
    ExecutionResult result =
        runWith(
            """
            "Retry":[{"ErrorEquals":["Busy"],"MaxAttempts":2},
                     {"ErrorEquals":["Slow"],"IntervalSeconds":30,"MaxAttempts":2}],"End":true
            """);

    Rig.succeeded(result);
    assertThat(rig.time.sleeps())
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60));
  }

  @Test
  void noRetriesMeansThatTheFirstFailureStands() {
    failWith("Busy");
    String retry =
        "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"MaxAttempts\":0},{\"ErrorEquals\":[\"States.ALL\"]}],\"End\":true";

    assertThat(Rig.failed(runWith(retry)).error()).isEqualTo("Busy");
    assertThat(rig.time.sleeps()).isEmpty();
  }

  private static final String CATCH =
      """
      ,"Retry":[{"ErrorEquals":["Busy"],"MaxAttempts":1}],
       "Assign":{"never":true},
       "Catch":[{"ErrorEquals":["Busy","Slow"],"Assign":{"why":"{% $states.errorOutput.Cause %}"},
                 "Output":{"n":"{% $states.input.n %}","error":"{% $states.errorOutput.Error %}"},"Next":"Caught"},
                {"ErrorEquals":["States.ALL"],"Next":"Other"}],
       "End":true},
      "Caught":{"Type":"Succeed","Output":"{% [$states.input.n, $states.input.error, $why, $exists($never)] %}"},
      "Other":{"Type":"Succeed"}
      """;

  @Test
  void exhaustedRetriesGoToTheCatcherWithItsAssignAndOutput() {
    failWith("Busy", "Busy");

    assertThat(rig.output(TASK + CATCH, "{\"n\":5}"))
        .hasToString("[5,\"Busy\",\"it went wrong\",false]");
    assertThat(rig.time.sleeps()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aCatcherHandsTheErrorOnByDefault() {
    failWith("Unexpected");

    assertThat(rig.output(TASK + CATCH, "{\"n\":5}"))
        .hasToString("{\"Error\":\"Unexpected\",\"Cause\":\"it went wrong\"}");
    assertThat(rig.listener.states()).containsExactly("Start", "Other");
  }

  @ParameterizedTest
  @CsvSource({
    "States.ALL,                  Busy,                     true",
    "States.ALL,                  States.Timeout,           true",
    "States.ALL,                  States.DataLimitExceeded, false",
    "States.DataLimitExceeded,    States.DataLimitExceeded, true",
    "States.TaskFailed,           Busy,                     true",
    "States.TaskFailed,           States.Timeout,           false",
    "States.Timeout,              States.Timeout,           true",
    "States.Timeout,              Busy,                     false",
    "Busy,                        Busyness,                 false"
  })
  void errorNamesMatchByTheRulesOfStepFunctions(String pattern, String error, boolean caught) {
    failWith(error);
    String states =
        TASK
            + ",\"Catch\":[{\"ErrorEquals\":[\""
            + pattern
            + "\"],\"Next\":\"Last\"}],\"Next\":\"Last\"},\"Last\":{\"Type\":\"Succeed\"}";

    assertThat(rig.run(states, "{\"n\":1}") instanceof ExecutionResult.Succeeded).isEqualTo(caught);
  }

  @Test
  void aFailingExpressionCanBeCaught() {
    String states =
        TASK
            + """
            ,"Output":"{% $states.result.Payload.missing %}","End":true,
            "Catch":[{"ErrorEquals":["States.QueryEvaluationError"],"Next":"Last"}]},
            "Last":{"Type":"Succeed"}
            """;

    assertThat(rig.output(states, "{\"n\":1}").get("Cause").textValue())
        .contains("missing", "undefined");
  }

  @Test
  void aTaskThatTookLongerThanItsTimeoutTimedOut() {
    rig.tasks(
        (function, payload) -> {
          rig.time.advance(Duration.ofSeconds(11));
          return payload;
        });

    assertThat(Rig.failed(runWith("\"TimeoutSeconds\":10,\"End\":true")).error())
        .isEqualTo("States.Timeout");
  }

  @Test
  void aTaskThatFailedAfterItsTimeoutTimedOutToo() {
    rig.tasks(
        (function, payload) -> {
          rig.time.advance(Duration.ofSeconds(11));
          throw new TaskFailedException("Late", "too late");
        });

    assertThat(Rig.failed(runWith("\"TimeoutSeconds\":10,\"End\":true")).error())
        .isEqualTo("States.Timeout");
  }

  @Test
  void aTaskMayTakeAllOfItsTimeout() {
    rig.tasks(
        (function, payload) -> {
          rig.time.advance(Duration.ofSeconds(10));
          return payload;
        });

    Rig.succeeded(runWith("\"TimeoutSeconds\":10,\"End\":true"));
  }

  private static StateMachine machineWithTimeout(int seconds, String states) {
    JsonNode definition = Rig.definition(states);
    ((ObjectNode) definition).put("TimeoutSeconds", seconds);
    return StateMachine.load("Machine", definition, Map.of());
  }

  @Test
  void theTimeoutOfTheMachineEndsTheRunAndCannotBeCaught() {
    rig.tasks(
        (function, payload) -> {
          rig.time.advance(Duration.ofSeconds(61));
          throw new TaskFailedException("Busy", "busy");
        });
    String states =
        TASK
            + """
            ,"Retry":[{"ErrorEquals":["States.ALL"]}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Last"}],"Next":"Last"},
            "Last":{"Type":"Succeed"}
            """;

    ExecutionResult result = rig.run(machineWithTimeout(60, states), "{\"n\":1}");

    assertThat(Rig.failed(result).error()).isEqualTo("States.Timeout");
    assertThat(rig.listener.lines()).containsExactly("state Start");
  }

  @Test
  void aWaitDoesNotOutlastTheTimeoutOfTheMachine() {
    ExecutionResult result =
        rig.run(
            machineWithTimeout(60, "\"Start\":{\"Type\":\"Wait\",\"Seconds\":3600,\"End\":true}"),
            "{}");

    assertThat(Rig.failed(result).error()).isEqualTo("States.Timeout");
    assertThat(rig.time.sleeps()).containsExactly(Duration.ofMillis(60_001));
  }

  @Test
  void anInterruptDuringATaskAbortsTheRun() {
    rig.tasks(
        (function, payload) -> {
          throw new InterruptedException();
        });

    assertThat(runWith("\"End\":true")).isEqualTo(new ExecutionResult.Aborted());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptThatATaskDidNotHeedAbortsTheRunBeforeTheNextState() {
    rig.tasks(
        (function, payload) -> {
          Thread.currentThread().interrupt();
          return payload;
        });

    assertThat(rig.run(TASK + ",\"Next\":\"Last\"},\"Last\":{\"Type\":\"Succeed\"}", "{\"n\":1}"))
        .isEqualTo(new ExecutionResult.Aborted());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(rig.listener.states()).containsExactly("Start");
  }

  @Test
  void anInterruptBetweenRetriesAbortsTheRun() {
    failWith("Busy");
    Interpreter interpreter =
        rig.interpreter(
            duration -> {
              throw new InterruptedException();
            },
            rig.objects);

    ExecutionResult result =
        interpreter.run(
            Rig.machine(TASK + ",\"Retry\":[{\"ErrorEquals\":[\"Busy\"]}],\"End\":true}"),
            "run-1",
            Rig.json("{\"n\":1}"));

    assertThat(result).isEqualTo(new ExecutionResult.Aborted());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aDefectOfTheInvokerIsNotTakenForAFailedTask() {
    rig.tasks(
        (function, payload) -> {
          throw new IllegalStateException("a defect");
        });

    assertThatThrownBy(() -> runWith("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],\"End\":true"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a defect");
  }
}
