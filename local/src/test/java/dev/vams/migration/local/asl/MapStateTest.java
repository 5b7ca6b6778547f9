package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapStateTest {

  private static final String CHILD_TASK =
      """
      "Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
        "Arguments":{"FunctionName":"work","Payload":"{% $states.input %}"},
        "Output":"{% $states.result.Payload %}","End":true}
      """;

  private final Rig rig = new Rig();

  /** A map with some fields more; its children are called Work. */
  private static String map(String fields, String child) {
    return """
        "Start":{"Type":"Map","Label":"Each",
          "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSONL"},
            "Arguments":{"Bucket":"in","Key":"{%% 'items' & '.jsonl' %%}"}},
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
            "StartAt":"Work","States":{%s}},
          "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject",
            "Arguments":{"Bucket":"out","Prefix":"{%% 'runs/' & $states.context.Execution.Name %%}"}}
          %s}
        """
        .formatted(child, fields);
  }

  private void items(String... lines) {
    rig.objects.put("in", "items.jsonl", String.join("\n", lines) + "\n");
  }

  private void numberedItems(int count) {
    items(IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
  }

  /** The entries of the result files of a status, in the order of the files. */
  private List<JsonNode> entries(String status) {
    List<JsonNode> entries = new ArrayList<>();
    rig.objects.names().stream()
        .filter(name -> name.contains("/" + status + "_"))
        .sorted()
        .forEach(
            name ->
                Rig.json(rig.objects.text("out", name.substring("out/".length())))
                    .forEach(entries::add));
    return entries;
  }

  private List<String> outputs() {
    return entries("SUCCEEDED").stream()
        .map(entry -> entry.get("Output").textValue())
        .sorted()
        .toList();
  }

  private void failOn(int... failing) {
    rig.tasks(
        (function, payload) -> {
          if (IntStream.of(failing).anyMatch(number -> number == payload.intValue())) {
            throw new TaskFailedException("Broken", "item " + payload);
          }
          return payload;
        });
  }

  @Test
  void runsAChildForEveryLine() {
    items("{\"n\":1}", "", "[2]", "  ", "3", "null");
    rig.run(map(",\"End\":true", CHILD_TASK));

    assertThat(outputs()).containsExactly("3", "[2]", "null", "{\"n\":1}");
    assertThat(rig.listener.lines())
        .contains("map Start 4")
        .filteredOn("succeeded Start"::equals)
        .hasSize(4);
  }

  @Test
  void theResultSaysWhereTheManifestIs() {
    items("1");
    JsonNode result = rig.output(map(",\"End\":true", CHILD_TASK), "{}");

    String arn = result.get("MapRunArn").textValue();
    String run = arn.substring(arn.lastIndexOf(':') + 1);
    assertThat(arn).isEqualTo("arn:aws:states:local:000000000000:mapRun:Machine/Each:" + run);
    assertThat(result.get("ResultWriterDetails"))
        .isEqualTo(
            Rig.json("{\"Bucket\":\"out\",\"Key\":\"runs/run-1/" + run + "/manifest.json\"}"));
  }

  @Test
  void resultFilesHaveTheFormOfStepFunctions() {
    items("1", "2");
    failOn(2);
    rig.limits(1, 1_000_000);
    JsonNode result =
        rig.output(map(",\"ToleratedFailureCount\":1,\"End\":true", CHILD_TASK), "{}");

    String folder = result.at("/ResultWriterDetails/Key").textValue().replace("manifest.json", "");
    String succeeded = rig.objects.text("out", folder + "SUCCEEDED_0.json");
    String failed = rig.objects.text("out", folder + "FAILED_0.json");
    String name = Rig.json(succeeded).get(0).get("Name").textValue();
    assertThat(Rig.json(succeeded))
        .isEqualTo(
            Rig.json(
                """
                [{"ExecutionArn":"arn:aws:states:local:000000000000:execution:Machine/Each:%s","Input":"1",
                  "InputDetails":{"Included":true},"Name":"%s","Output":"1","OutputDetails":{"Included":true},
                  "StartDate":"2026-01-01T00:00:00Z",
                  "StateMachineArn":"arn:aws:states:local:000000000000:stateMachine:Machine/Each",
                  "Status":"SUCCEEDED","StopDate":"2026-01-01T00:00:00Z"}]
                """
                    .formatted(name, name)));
    assertThat(Rig.json(failed)).hasSize(1);
    assertThat(Rig.json(failed).get(0).get("Status").textValue()).isEqualTo("FAILED");
    assertThat(Rig.json(failed).get(0).get("Error").textValue()).isEqualTo("Broken");
    assertThat(Rig.json(failed).get(0).get("Cause").textValue()).isEqualTo("item 2");
    assertThat(Rig.json(failed).get(0).has("Output")).isFalse();
    assertThat(Rig.json(rig.objects.text("out", folder + "manifest.json")))
        .isEqualTo(
            Rig.json(
                """
                {"DestinationBucket":"out","MapRunArn":"%s","ResultFiles":{
                  "FAILED":[{"Key":"%sFAILED_0.json","Size":%d}],"PENDING":[],
                  "SUCCEEDED":[{"Key":"%sSUCCEEDED_0.json","Size":%d}]}}
                """
                    .formatted(
                        result.get("MapRunArn").textValue(),
                        folder,
                        failed.length(),
                        folder,
                        succeeded.length())));
  }

  @Test
  void resultFilesRollOverWhenTheyHaveGrownLarge() {
    numberedItems(3);
    rig.limits(1, 1);
    JsonNode result = rig.output(map(",\"End\":true", CHILD_TASK), "{}");

    JsonNode manifest =
        Rig.json(rig.objects.text("out", result.at("/ResultWriterDetails/Key").textValue()));
    assertThat(manifest.at("/ResultFiles/SUCCEEDED"))
        .extracting(file -> file.get("Key").textValue().replaceAll(".*/", ""))
        .containsExactly("SUCCEEDED_0.json", "SUCCEEDED_1.json", "SUCCEEDED_2.json");
    assertThat(outputs()).containsExactly("0", "1", "2");
  }

  @Test
  void aMapOverNothingWritesAnEmptyManifest() {
    rig.objects.put("in", "items.jsonl", "");
    JsonNode result = rig.output(map(",\"End\":true", CHILD_TASK), "{}");

    assertThat(rig.objects.names())
        .containsExactlyInAnyOrder(
            "in/items.jsonl", "out/" + result.at("/ResultWriterDetails/Key").textValue());
  }

  @Test
  void itemSelectorSeesTheItemTheInputAndTheVariables() {
    items("\"a\"", "\"b\"");
    rig.limits(1, 1_000_000);
    String states =
        """
        "Start":{"Type":"Pass","Assign":{"run":"r"},"Next":"Map"},
        """
            + map(
                    """
                    ,"ItemSelector":{"run":"{% $run %}","in":"{% $states.input.x %}","cursor":null,
                      "index":"{% $states.context.Map.Item.Index %}","value":"{% $states.context.Map.Item.Value %}"},"End":true
                    """,
                    CHILD_TASK)
                .replaceFirst("Start", "Map");
    rig.output(states, "{\"x\":[1]}");

    assertThat(outputs())
        .containsExactly(
            "{\"run\":\"r\",\"in\":[1],\"cursor\":null,\"index\":0,\"value\":\"a\"}",
            "{\"run\":\"r\",\"in\":[1],\"cursor\":null,\"index\":1,\"value\":\"b\"}");
  }

  @Test
  void aChildSeesNeitherTheVariablesNorTheContextOfItsParent() {
    items("1");
    String child =
        """
        "Work":{"Type":"Pass","Assign":{"own":1},"Next":"Done"},
        "Done":{"Type":"Succeed","Output":{"parent":"{% $exists($secret) %}","own":"{% $own %}",
          "input":"{% $states.context.Execution.Input %}","machine":"{% $states.context.StateMachine.Name %}",
          "sameName":"{% $states.context.Execution.Name = 'run-1' %}","map":"{% $exists($states.context.Map) %}"}}
        """;
    String states =
        """
        "Start":{"Type":"Pass","Assign":{"secret":1},"Next":"Map"},
        """
            + map(",\"Next\":\"Last\"", child).replaceFirst("Start", "Map")
            + """
            ,"Last":{"Type":"Succeed","Output":"{% $exists($own) %}"}
            """;

    assertThat(rig.output(states, "{}").booleanValue()).isFalse();
    assertThat(outputs())
        .containsExactly(
            "{\"parent\":false,\"own\":1,\"input\":1,\"machine\":\"Machine/Each\",\"sameName\":false,\"map\":false}");
  }

  @Test
  void assignAndOutputSeeTheResultOfTheMap() {
    items("1");
    String states =
        map(
                """
                ,"Assign":{"key":"{% $states.result.ResultWriterDetails.Key %}"},"Output":{},"Next":"Last"
                """,
                CHILD_TASK)
            + ",\"Last\":{\"Type\":\"Succeed\",\"Output\":\"{% [$states.input, $key] %}\"}";

    JsonNode output = rig.output(states, "{}");
    assertThat(output.get(0)).isEmpty();
    assertThat(output.get(1).textValue()).startsWith("runs/run-1/").endsWith("/manifest.json");
  }

  @Test
  void withoutAToleranceTheFirstFailureFailsTheMapAndNoChildIsStartedAnyMore() {
    numberedItems(10);
    failOn(2, 3);
    rig.limits(1, 1_000_000);
    ExecutionResult result = rig.run(map(",\"End\":true", CHILD_TASK));

    assertThat(Rig.failed(result).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(Rig.failed(result).cause())
        .contains("1 of 10 items of Start failed", "manifest.json");
    assertThat(outputs()).containsExactly("0", "1");
    assertThat(entries("FAILED")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"ToleratedFailureCount\":2                                    | true",
        "\"ToleratedFailureCount\":1                                    | false",
        "\"ToleratedFailureCount\":\"{% 1 + 1 %}\"                      | true",
        "\"ToleratedFailurePercentage\":50                              | true",
        "\"ToleratedFailurePercentage\":49.9                            | false",
        "\"ToleratedFailurePercentage\":100                             | true",
        "\"ToleratedFailurePercentage\":0                               | false",
        "\"ToleratedFailurePercentage\":\"{% $states.input.percent %}\" | true",
        "\"ToleratedFailureCount\":1,\"ToleratedFailurePercentage\":100 | false",
        "\"ToleratedFailureCount\":9,\"ToleratedFailurePercentage\":49  | false"
      })
  void twoFailuresOfFourAreToleratedIfTheToleranceSaysSo(String tolerance, boolean tolerated) {
    numberedItems(4);
    failOn(1, 2);
    ExecutionResult result =
        rig.run(map("," + tolerance + ",\"End\":true", CHILD_TASK), "{\"percent\":50}");

    assertThat(result instanceof ExecutionResult.Succeeded).isEqualTo(tolerated);
  }

  @Test
  void exceededToleranceCanBeCaught() {
    numberedItems(2);
    failOn(1);
    String states =
        map(
                """
                ,"Catch":[{"ErrorEquals":["States.ExceedToleratedFailureThreshold"],"Next":"Last"}],"Next":"Last"
                """,
                CHILD_TASK)
            + ",\"Last\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.input.Error %}\"}";

    assertThat(rig.output(states, "{}").textValue())
        .isEqualTo("States.ExceedToleratedFailureThreshold");
  }

  @Test
  void aRetryOfTheMapRunsAllItemsAgainWithResultsOfTheirOwn() {
    numberedItems(2);
    AtomicInteger calls = new AtomicInteger();
    rig.limits(1, 1_000_000)
        .tasks(
            (function, payload) -> {
              if (calls.incrementAndGet() == 2) {
                throw new TaskFailedException("Once", "once");
              }
              return payload;
            });
    rig.output(
        map(",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],\"End\":true", CHILD_TASK), "{}");

    assertThat(calls).hasValue(4);
    assertThat(rig.time.sleeps()).containsExactly(Duration.ofSeconds(1));
    assertThat(rig.objects.names()).filteredOn(name -> name.endsWith("manifest.json")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                              | 3",
        "\"MaxConcurrency\":0,                         | 3",
        "\"MaxConcurrency\":2,                         | 2",
        "\"MaxConcurrency\":9,                         | 3",
        "\"MaxConcurrency\":\"{% $states.input.most %}\", | 2"
      })
  void exactlyAsManyChildrenRunAtOnceAsMaxConcurrencyAndParallelismAllow(
      String field, int expected) {
    numberedItems(expected * 4);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    // Only passable if as many children as expected come here at once.
    CyclicBarrier together = new CyclicBarrier(expected);
    rig.limits(3, 1_000_000)
        .tasks(
            (function, payload) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              await(together);
              running.decrementAndGet();
              return payload;
            });
    rig.output(
        map("," + (field == null ? "" : field) + "\"End\":true", CHILD_TASK), "{\"most\":2}");

    assertThat(most.get()).isLessThanOrEqualTo(expected);
    assertThat(outputs()).hasSize(expected * 4);
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("Fewer children ran at once than may", e);
    }
  }

  @Test
  void itemsAreReadOnlyWhenTheirChildrenCanStart() throws Exception {
    int count = 100_000;
    numberedItems(count);
    AtomicInteger bytesRead = new AtomicInteger();
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger bytesReadAtFirstChild = new AtomicInteger();
    ObjectAccess counting =
        new ObjectAccess() {
          @Override
          public InputStream read(String bucket, String key) throws IOException {
            InputStream content = rig.objects.read(bucket, key);
            return opened.incrementAndGet() == 1 ? content : counted(content, bytesRead);
          }

          @Override
          public OutputStream write(String bucket, String key) {
            return rig.objects.write(bucket, key);
          }
        };
    rig.limits(1, 1_000_000)
        .tasks(
            (function, payload) -> {
              bytesReadAtFirstChild.set(bytesRead.get());
              throw new TaskFailedException("Enough", "enough");
            });
    rig.interpreter(rig.time, counting)
        .run(Rig.machine(map(",\"End\":true", CHILD_TASK)), "run-1", Rig.json("{}"));

    assertThat(bytesReadAtFirstChild.get()).isPositive().isLessThan(count);
  }

  private static InputStream counted(InputStream content, AtomicInteger bytesRead) {
    return new FilterInputStream(content) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        bytesRead.addAndGet(Math.max(read, 0));
        return read;
      }
    };
  }

  @Test
  void aMissingObjectIsAnItemReaderFailure() {
    assertThat(Rig.failed(rig.run(map(",\"End\":true", CHILD_TASK))))
        .satisfies(
            failed -> {
              assertThat(failed.error()).isEqualTo("States.ItemReaderFailed");
              assertThat(failed.cause())
                  .isEqualTo("Items cannot be read: no object items.jsonl in bucket in");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"open\":", "1 2", "word"})
  void aLineThatIsNotJsonIsAnItemReaderFailure(String line) {
    items("1", line);

    assertThat(Rig.failed(rig.run(map(",\"End\":true", CHILD_TASK))))
        .satisfies(
            failed -> {
              assertThat(failed.error()).isEqualTo("States.ItemReaderFailed");
              assertThat(failed.cause()).contains("Line 2 of s3://in/items.jsonl");
            });
  }

  @Test
  void aResultThatCannotBeWrittenIsAResultWriterFailure() {
    numberedItems(20);
    ObjectAccess readOnly =
        new ObjectAccess() {
          @Override
          public InputStream read(String bucket, String key) throws IOException {
            return rig.objects.read(bucket, key);
          }

          @Override
          public OutputStream write(String bucket, String key) throws IOException {
            throw new IOException("s3://%s/%s: access denied".formatted(bucket, key));
          }
        };

    ExecutionResult result =
        rig.interpreter(rig.time, readOnly)
            .run(Rig.machine(map(",\"End\":true", CHILD_TASK)), "run-1", Rig.json("{}"));

    assertThat(Rig.failed(result).error()).isEqualTo("States.ResultWriterFailed");
    assertThat(Rig.failed(result).cause()).contains("s3://out/runs/run-1/", "access denied");
  }

  @Test
  void anItemSelectorThatFailsFailsTheMap() {
    items("1");
    ExecutionResult result =
        rig.run(
            map(
                ",\"ItemSelector\":\"{% $states.context.Map.Item.Nothing %}\",\"End\":true",
                CHILD_TASK));

    assertThat(Rig.failed(result).error()).isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void anInterruptStopsRunningChildrenAndStartsNoMore() throws Exception {
    numberedItems(50);
    CountDownLatch running = new CountDownLatch(2);
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    rig.limits(2, 1_000_000)
        .tasks(
            (function, payload) -> {
              calls.incrementAndGet();
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
              }
              return payload;
            });
    AtomicReference<ExecutionResult> result = new AtomicReference<>();
    Thread run =
        new Thread(
            () ->
                result.set(
                    rig.run(map(",\"ToleratedFailurePercentage\":100,\"End\":true", CHILD_TASK))));
    run.start();
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
    run.interrupt();
    run.join(30_000);

    assertThat(result.get()).isEqualTo(new ExecutionResult.Aborted());
    assertThat(calls).hasValue(2);
    assertThat(interrupted).hasValue(2);
  }

  @Test
  void aDefectOfTheInvokerComesOutAndNoChildIsStartedAnyMore() {
    numberedItems(50);
    AtomicInteger calls = new AtomicInteger();
    rig.limits(1, 1_000_000)
        .tasks(
            (function, payload) -> {
              calls.incrementAndGet();
              throw new IllegalStateException("a defect");
            });

    assertThatThrownBy(
            () -> rig.run(map(",\"ToleratedFailurePercentage\":100,\"End\":true", CHILD_TASK)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a defect");
    assertThat(calls).hasValue(1);
  }

  @Test
  void theTimeoutOfTheMachineStopsAMap() {
    numberedItems(50);
    rig.limits(1, 1_000_000)
        .tasks(
            (function, payload) -> {
              rig.time.advance(Duration.ofSeconds(25));
              return payload;
            });
    JsonNode definition =
        JsonNodeFactory.instance
            .objectNode()
            .put("TimeoutSeconds", 60)
            .setAll(
                (ObjectNode)
                    Rig.definition(
                        map(",\"ToleratedFailurePercentage\":100,\"End\":true", CHILD_TASK)));
    ExecutionResult result = rig.run(StateMachine.load("Machine", definition, Map.of()), "{}");

    assertThat(Rig.failed(result).error()).isEqualTo("States.Timeout");
    assertThat(entries("SUCCEEDED").size() + entries("FAILED").size()).isEqualTo(3);
  }
}
