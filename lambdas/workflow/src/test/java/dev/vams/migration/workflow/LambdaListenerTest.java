package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Reads what a function would write to its log. */
class LambdaListenerTest {
  private static final Unit RANGE = new Unit.KeyRange("b0001", "assets", "", "", "");
  private static final Unit SEGMENT = new Unit.Segment("t0001", "tags", 0, 1);

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private LambdaListener listener;

  @BeforeEach
  void captureTheFunctionsLog() {
    System.setOut(new PrintStream(written, true, UTF_8));
    listener = LambdaListener.create(() -> now);
  }

  @AfterEach
  void restoreStdout() {
    System.setOut(stdout);
  }

  @Test
  void metricsOfObjectsHaveThePairAsTheirOnlyDimension() {
    copy(
        RANGE,
        () -> {
          listener.advanced(RANGE, Tally.ofCopied(700));
          listener.advanced(RANGE, Tally.ofCopied(50));
          listener.advanced(RANGE, Tally.ofSkipped());
          listener.advanced(RANGE, Tally.ofKept());
          listener.advanced(RANGE, Tally.ofFailed());
          listener.throttled();
        });

    List<JsonNode> lines = metricLines();
    assertThat(lines).hasSize(2);
    JsonNode pair = lines.get(0);
    assertThat(dimensions(pair)).isEqualTo("[[\"Pair\"]]");
    assertThat(pair.get("Pair").textValue()).isEqualTo("assets");
    assertThat(units(pair))
        .containsExactlyInAnyOrder(
            "ObjectsCopied Count",
            "BytesCopied Bytes",
            "Skipped Count",
            "Kept Count",
            "Failed Count",
            "Throttles Count");
    assertThat(pair.get("ObjectsCopied").doubleValue()).isEqualTo(2);
    assertThat(pair.get("BytesCopied").doubleValue()).isEqualTo(750);
    assertThat(pair.get("Skipped").doubleValue()).isEqualTo(1);
    assertThat(pair.get("Kept").doubleValue()).isEqualTo(1);
    assertThat(pair.get("Failed").doubleValue()).isEqualTo(1);
    assertThat(pair.get("Throttles").doubleValue()).isEqualTo(1);
    JsonNode all = lines.get(1);
    assertThat(dimensions(all)).isEqualTo("[[]]");
    assertThat(units(all)).containsExactly("Progress Count");
    assertThat(all.get("Progress").doubleValue()).isEqualTo(5);
  }

  @Test
  void aPartOfALargeObjectIsProgressAndItsBytesAreCountedAtOnce() {
    copy(
        RANGE,
        () -> {
          listener.copiedPart(RANGE, 100);
          now = now.plus(Duration.ofSeconds(30));
          listener.copiedPart(RANGE, 50);
        });

    JsonNode pair = metricLines().get(0);
    assertThat(pair.get("BytesCopied").doubleValue()).isEqualTo(150);
    assertThat(pair.get("ObjectsCopied").doubleValue()).isZero();
    assertThat(metricLines().get(1).get("Progress").doubleValue()).isEqualTo(2);
  }

  @Test
  void metricsOfItemsAreCountedAsItems() {
    copy(SEGMENT, () -> listener.advanced(SEGMENT, Tally.ofCopiedItems(25)));

    JsonNode pair = metricLines().get(0);
    assertThat(pair.get("ItemsCopied").doubleValue()).isEqualTo(25);
    assertThat(pair.has("ObjectsCopied")).isFalse();
    assertThat(pair.has("BytesCopied")).isFalse();
  }

  @Test
  void everyMetricLineFollowsTheSpecification() {
    copy(RANGE, () -> listener.advanced(RANGE, Tally.ofCopied(1)));
    copy(SEGMENT, listener::throttled);

    assertThat(metricLines()).hasSize(4).allSatisfy(LambdaListenerTest::followsTheSpecification);
  }

  @Test
  void comparingIsProgressWithoutCountsOfThePair() {
    compare(RANGE, () -> listener.compared(RANGE, 1000, 5_000_000));

    assertThat(metricLines())
        .singleElement()
        .satisfies(line -> assertThat(line.get("Progress").doubleValue()).isEqualTo(1000));
  }

  @Test
  void progressIsWrittenTwiceAMinuteWhileTheWorkGoesOn() {
    List<Integer> linesWritten = new ArrayList<>();
    compare(
        SEGMENT,
        () -> {
          for (int seconds = 0; seconds < 90; seconds += 10) {
            now = now.plus(Duration.ofSeconds(10));
            listener.compared(SEGMENT, 100, 0);
            linesWritten.add(metricLines().size());
          }
        });

    assertThat(linesWritten).containsExactly(0, 0, 1, 1, 1, 2, 2, 2, 3);
    assertThat(metricLines().stream().mapToDouble(line -> line.get("Progress").doubleValue()))
        .as("nothing is counted twice, and a worker's end is written too")
        .containsExactly(300.0, 300.0, 300.0, 0.0);
  }

  @Test
  void everyLogLineHasTheIdsOfItsTaskWhicheverThreadWritesIt() {
    copy(
        RANGE,
        () -> {
          LoggerFactory.getLogger("software.amazon.awssdk").warn("a connection was reset");
          inAnotherThread(() -> LoggerFactory.getLogger("io.netty").warn("on another thread"));
          listener.advanced(RANGE, Tally.ofFailed());
          listener.mismatched(RANGE);
        });

    assertThat(messages())
        .containsExactly(
            "task started",
            "a connection was reset",
            "on another thread",
            "task ended",
            "some entries could not be copied",
            "some entries are missing or different at the target");
    assertThat(logLines())
        .allSatisfy(
            line -> {
              assertThat(line.get("run").textValue()).isEqualTo("run-1");
              assertThat(line.get("unit").textValue()).isEqualTo("b0001");
              assertThat(line.get("pair").textValue()).isEqualTo("assets");
              assertThat(line.has("service")).isTrue();
            });
  }

  @Test
  void theEndOfATaskIsLoggedWithItsResultItsTimeAndItsCounts() {
    copy(
        RANGE,
        () -> {
          listener.advanced(RANGE, Tally.ofCopied(700));
          now = now.plusSeconds(3);
        });

    JsonNode end = logLines().get(1);
    assertThat(end.get("result").textValue()).isEqualTo("done");
    assertThat(end.get("milliseconds").longValue()).isEqualTo(3000);
    assertThat(end.get("copied").longValue()).isEqualTo(1);
    assertThat(end.get("bytes").longValue()).isEqualTo(700);
    assertThat(end.get("failed").longValue()).isZero();
  }

  @Test
  void theEntriesThatWereLostAreSaidToBeInTheRunsFiles() {
    copy(
        SEGMENT,
        () -> {
          listener.advanced(SEGMENT, Tally.ofFailed());
          listener.mismatched(SEGMENT);
        });

    assertThat(logLines().get(2).get("level").textValue()).isEqualTo("WARN");
    assertThat(logLines().get(2).get("details").textValue())
        .isEqualTo("runs/run-1/failures/t0001/");
    assertThat(logLines().get(3).get("details").textValue())
        .isEqualTo("runs/run-1/mismatches/t0001/");
  }

  @Test
  void aTaskThatFailsIsLoggedAndFailsAllTheSame() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                copy(
                    RANGE,
                    () -> {
                      listener.advanced(RANGE, Tally.ofCopied(1));
                      throw new IllegalStateException("listing bucket \"b\": X");
                    }));

    JsonNode end = logLines().get(1);
    assertThat(end.get("message").textValue()).isEqualTo("task failed");
    assertThat(end.get("level").textValue()).isEqualTo("WARN");
    assertThat(end.get("exception").textValue()).isEqualTo("java.lang.IllegalStateException");
    assertThat(end.get("reason").textValue()).isEqualTo("listing bucket \"b\": X");
    assertThat(metricLines().get(0).get("ObjectsCopied").doubleValue()).isEqualTo(1);
  }

  @Test
  void aTaskWithoutAUnitHasNoMetrics() {
    ReconcileResponse response =
        listener.during(
            new RunRequest("run-1"),
            null,
            () -> {
              listener.throttled();
              return new ReconcileResponse(2, "runs/run-1/units-locate.jsonl");
            });

    assertThat(response.units()).isEqualTo(2);
    assertThat(metricLines()).isEmpty();
    assertThat(logLines().get(1).get("result").textValue())
        .isEqualTo("2 units to be compared item by item");
    assertThat(logLines().get(1).get("run").textValue()).isEqualTo("run-1");
    assertThat(logLines().get(1).has("unit")).isFalse();
  }

  @Test
  void whatLibrariesSendAndReceiveIsNeverLogged() {
    copy(RANGE, () -> LoggerFactory.getLogger("software.amazon.awssdk").debug("a body"));

    assertThat(messages()).containsExactly("task started", "task ended");
  }

  @Test
  void aDescriptorBecomesADimensionValueThatCloudWatchTakes() {
    assertThat(UnitMetrics.dimensionValue("asset bucket/ä")).isEqualTo("asset_bucket/_");
    assertThat(UnitMetrics.dimensionValue("a".repeat(2000))).hasSize(1024);
  }

  private void copy(Unit unit, Runnable work) {
    listener.during(new CopyRequest("run-1", unit, Optional.empty()), null, copied(work));
  }

  private static Supplier<CopyResponse> copied(Runnable work) {
    return () -> {
      work.run();
      return new CopyResponse(true, Optional.empty(), List.of(), 0);
    };
  }

  private void compare(Unit unit, Runnable work) {
    listener.during(
        new CompareRequest("run-1", unit, Optional.empty()),
        null,
        () -> {
          work.run();
          return new CompareResponse(true, Optional.empty());
        });
  }

  private static void inAnotherThread(Runnable action) {
    Thread thread = new Thread(action);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The rules of the <a
   * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">specification</a>.
   */
  private static void followsTheSpecification(JsonNode line) {
    assertThat(line.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
    JsonNode directives = line.at("/_aws/CloudWatchMetrics");
    assertThat(directives).hasSize(1);
    JsonNode directive = directives.get(0);
    assertThat(directive.get("Namespace").textValue()).isEqualTo("VamsMigration");
    assertThat(directive.get("Dimensions").isArray()).isTrue();
    assertThat(directive.get("Dimensions")).isNotEmpty();
    for (JsonNode set : directive.get("Dimensions")) {
      assertThat(set).hasSizeLessThanOrEqualTo(30);
      set.forEach(name -> assertThat(line.get(name.textValue()).isTextual()).isTrue());
    }
    assertThat(directive.get("Metrics")).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    directive
        .get("Metrics")
        .forEach(
            metric -> assertThat(line.get(metric.get("Name").textValue()).isNumber()).isTrue());
  }

  private static String dimensions(JsonNode line) {
    return line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString();
  }

  private static List<String> units(JsonNode line) {
    List<String> units = new ArrayList<>();
    line.at("/_aws/CloudWatchMetrics/0/Metrics")
        .forEach(
            metric ->
                units.add(metric.get("Name").textValue() + " " + metric.get("Unit").textValue()));
    return units;
  }

  private List<JsonNode> metricLines() {
    return lines().stream().filter(line -> line.has("_aws")).toList();
  }

  private List<JsonNode> logLines() {
    return lines().stream().filter(line -> !line.has("_aws")).toList();
  }

  private List<String> messages() {
    return logLines().stream().map(line -> line.get("message").textValue()).toList();
  }

  /** Every line is one JSON document. */
  private List<JsonNode> lines() {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : written.toString(UTF_8).lines().toList()) {
      try {
        lines.add(mapper.readTree(line));
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + line, e);
      }
    }
    return lines;
  }
}
