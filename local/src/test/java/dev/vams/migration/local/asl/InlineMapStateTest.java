package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineMapStateTest {

  private static final String TASK =
      """
      "Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
        "Arguments":{"FunctionName":"work","Payload":"{% $states.input %}"},
        "Output":"{% $states.result.Payload %}","End":true}
      """;

  private final Rig rig = new Rig();

  /** A map with some fields more; its iterations start at Work. */
  private static String map(String fields, String states) {
    return """
        "Start":{"Type":"Map","Items":"{%% $states.input.items %%}",
          "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"Work","States":{%s}}
          %s}
        """
        .formatted(states, fields);
  }

  /** As text it has no more kinds of numbers than JSON. */
  private JsonNode output(String states, String input) {
    return Rig.json(rig.output(states, input).toString());
  }

  @Test
  void theResultHasTheOutputsInTheOrderOfTheItems() throws Exception {
    CyclicBarrier all = new CyclicBarrier(3);
    rig.tasks(
        (function, payload) -> {
          meet(all);
          return payload;
        });

    assertThat(output(map(",\"End\":true", TASK), "{\"items\":[3,{\"n\":1},null]}"))
        .isEqualTo(Rig.json("[3,{\"n\":1},null]"));
    assertThat(rig.listener.lines())
        .as("no progress of its own")
        .containsExactly("state Start", "state Work", "state Work", "state Work");
  }

  @Test
  void itemsMayBeAnArrayOfExpressions() {
    assertThat(
            output(
                map(",\"End\":true", TASK)
                    .replace("\"{% $states.input.items %}\"", "[\"{% $states.input.x %}\",2]"),
                "{\"x\":1}"))
        .isEqualTo(Rig.json("[1,2]"));
  }

  @Test
  void noItemsHaveNoResults() {
    assertThat(output(map(",\"End\":true", TASK), "{\"items\":[]}")).isEqualTo(Rig.json("[]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"items\":{\"a\":1}} | must be an array", "{} | undefined"})
  void whatIsNoArrayFailsTheState(String input, String cause) {
    ExecutionResult.Failed failed = Rig.failed(rig.run(map(",\"End\":true", TASK), input));

    assertThat(failed.error()).isEqualTo("States.QueryEvaluationError");
    assertThat(failed.cause()).contains(cause);
  }

  @Test
  void theSelectorSeesTheItemAndTheInputOfTheState() {
    assertThat(
            output(
                map(
                    """
                    ,"ItemSelector":{"of":"{% $states.input.of %}","n":"{% $states.context.Map.Item.Index %}",
                      "item":"{% $states.context.Map.Item.Value %}","cursor":null},"End":true
                    """,
                    TASK),
                "{\"of\":\"all\",\"items\":[\"a\",[]]}"))
        .isEqualTo(
            Rig.json(
                """
                [{"of":"all","n":0,"item":"a","cursor":null},{"of":"all","n":1,"item":[],"cursor":null}]
                """));
  }

  /** They belong to the execution; what an iteration assigns is its own. */
  @Test
  void iterationsSeeTheVariablesAndTheContextOfTheirExecution() {
    String states =
        """
        "Work":{"Type":"Pass","Assign":{"mine":"{% $states.input * 2 %}"},"Next":"Tell"},
        "Tell":{"Type":"Pass","End":true,"Output":{"outer":"{% $outer %}","mine":"{% $mine %}",
          "input":"{% $states.context.Execution.Input.items[0] %}","run":"{% $states.context.Execution.Name %}",
          "index":"{% $states.context.Map.Item.Index %}"}}
        """;
    String before =
        "\"Start\":{\"Type\":\"Pass\",\"Assign\":{\"outer\":7},\"Next\":\"Each\"},"
            + map(",\"Next\":\"After\"", states).replaceFirst("Start", "Each")
            + ",\"After\":{\"Type\":\"Pass\",\"End\":true,\"Output\":"
            + "{\"all\":\"{% $states.input %}\",\"mine\":\"{% $exists($mine) %}\"}}";

    assertThat(output(before, "{\"items\":[1,2]}"))
        .isEqualTo(
            Rig.json(
                """
                {"all":[{"outer":7,"mine":2,"input":1,"run":"run-1","index":0},
                        {"outer":7,"mine":4,"input":1,"run":"run-1","index":1}],"mine":false}
                """));
  }

  @ParameterizedTest
  @CsvSource({"2, 8, 2", "8, 3, 3", "0, 4, 4", "100, 100, 40"})
  void noMoreRunAtOnceThanItAndTheMachineAllow(int concurrency, int parallelism, int expected) {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier full = new CyclicBarrier(expected);
    rig.limits(parallelism, 1_000_000)
        .tasks(
            (function, payload) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              meet(full);
              running.decrementAndGet();
              meet(full);
              return payload;
            });
    String items = "[" + "1,".repeat(2 * expected - 1) + "1]";

    output(
        map(",\"MaxConcurrency\":%d,\"End\":true".formatted(concurrency), TASK),
        "{\"items\":" + items + "}");

    assertThat(most).hasValue(expected);
  }

  @Test
  void anIterationThatFailsFailsTheStateWithItsErrorAndEndsTheOthers() {
    CountDownLatch running = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    List<JsonNode> calls = new CopyOnWriteArrayList<>();
    rig.limits(2, 1_000_000)
        .tasks(
            (function, payload) -> {
              calls.add(payload);
              if (payload.intValue() == 1) {
                running.countDown();
                waitForInterrupt(interrupted);
              }
              running.await();
              throw new TaskFailedException("Broken", "item " + payload);
            });

    assertThat(rig.run(map(",\"End\":true", TASK), "{\"items\":[1,2,3,4]}"))
        .isEqualTo(new ExecutionResult.Failed("Broken", "item 2"));
    assertThat(interrupted).hasValue(1);
    assertThat(calls).hasSize(2);
  }

  @Test
  void itsErrorCanBeRetriedAndCaught() {
    AtomicInteger calls = new AtomicInteger();
    rig.limits(1, 1_000_000)
        .tasks(
            (function, payload) -> {
              calls.incrementAndGet();
              throw new TaskFailedException("Broken", "item " + payload);
            });
    String recovery =
        """
        ,"Retry":[{"ErrorEquals":["Broken"],"MaxAttempts":2}],
        "Catch":[{"ErrorEquals":["States.ALL"],"Next":"After","Output":"{% $states.errorOutput.Cause %}"}],
        "Next":"After"
        """;

    assertThat(output(map(recovery, TASK) + ",\"After\":{\"Type\":\"Succeed\"}", "{\"items\":[5]}"))
        .isEqualTo(Rig.json("\"item 5\""));
    assertThat(calls).hasValue(3);
  }

  @Test
  void aMapMayBeInsideAnIteration() {
    String inner =
        map(",\"End\":true", TASK)
            .replace("\"Start\"", "\"Work\"")
            .replace("\"Work\":{\"Type\":\"Task\"", "\"Deep\":{\"Type\":\"Task\"")
            .replace("\"StartAt\":\"Work\"", "\"StartAt\":\"Deep\"");

    assertThat(
            output(map(",\"End\":true", inner), "{\"items\":[{\"items\":[1,2]},{\"items\":[]}]}"))
        .isEqualTo(Rig.json("[[1,2],[]]"));
  }

  @Test
  void anInterruptEndsAllIterations() throws Exception {
    CountDownLatch running = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    rig.limits(2, 1_000_000)
        .tasks(
            (function, payload) -> {
              running.countDown();
              waitForInterrupt(interrupted);
              return payload;
            });
    AtomicReference<ExecutionResult> result = new AtomicReference<>();
    Thread run =
        new Thread(() -> result.set(rig.run(map(",\"End\":true", TASK), "{\"items\":[1,2,3]}")));
    run.start();
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
    run.interrupt();
    run.join(30_000);

    assertThat(result.get()).isEqualTo(new ExecutionResult.Aborted());
    assertThat(interrupted).hasValue(2);
  }

  private static void waitForInterrupt(AtomicInteger interrupted) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    }
  }

  private static void meet(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
