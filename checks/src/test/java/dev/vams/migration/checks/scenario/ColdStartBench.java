package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.local.sample.SampleMigration;
import dev.vams.migration.local.sample.SampleSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the functions take to start. No test: its name keeps it out of the build, and {@code
 * bench/cold-start.sh} starts it, with these system properties:
 *
 * <ul>
 *   <li>{@code bench.jar}: the Lambda jar; by default the one that the build made
 *   <li>{@code bench.java}: the command that starts Java, with options, by spaces
 *   <li>{@code bench.rounds}: how many new environments of each function
 *   <li>{@code bench.table}: the file that the table goes to
 * </ul>
 */
@ExtendWith(EmulatorExtension.class)
class ColdStartBench {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RUN = "bench";

  /** What Lambda's Java 25 does unless the function has SnapStart. */
  private static final String QUICK_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  /** How often a worker copies all tables of the sample stack, 2,000 items, to be warm. */
  private static final int LONG_WORK = 25;

  private final Emulator emulator;
  private final List<String> table = new ArrayList<>();

  ColdStartBench(Emulator emulator) {
    this.emulator = emulator;
  }

  private record Times(Duration init, Duration first, Duration second, long peakMemory) {}

  @Test
  void measure(@TempDir Path folder) throws IOException, InterruptedException {
    String workBucket = emulator.newName() + "-work";
    emulator.s3().createBucket(request -> request.bucket(workBucket)).join();
    ObjectNode schema =
        SampleSchema.of(
            emulator.filledStack().stack(), emulator.newStack(), SampleMigration.REGION);
    schema.putObject("options").put("ifTargetNotEmpty", "OVERWRITE");
    String jar = System.getProperty("bench.jar");
    Path taskRoot =
        LambdaSetup.layOut(
            jar == null ? LambdaSetup.jar().orElseThrow() : Path.of(jar), folder, schema);
    List<String> java = List.of(System.getProperty("bench.java").split(" "));
    List<String> quickJava = new ArrayList<>(java);
    quickJava.add(QUICK_COMPILER_ONLY);
    InstantSource clock = InstantSource.system();
    LambdaSetup onDemand = new LambdaSetup(quickJava, taskRoot, emulator, workBucket, false, clock);
    LambdaSetup snapStart = new LambdaSetup(java, taskRoot, emulator, workBucket, true, clock);

    invokeOnce(onDemand, "PlanHandler", planRequest(RUN, schema));
    invokeOnce(onDemand, "ReconcileHandler", request(RUN));
    List<JsonNode> segments = segments(onDemand);
    table.add("| Start | Function | Init | First | Second | MB |");
    table.add("| --- | --- | ---: | ---: | ---: | ---: |");
    for (LambdaSetup setup : List.of(onDemand, snapStart)) {
      measure(setup, "Plan", planRequest("one", schema), planRequest("two", schema));
      measure(setup, "CopySegment", unitRequest(segments.get(0)), unitRequest(segments.get(1)));
      measure(setup, "Reconcile", request(RUN), request(RUN));
      measure(setup, "Conclude", request(RUN), request(RUN));
    }
    measureLongWork(onDemand, snapStart, segments);
    Files.writeString(
        Path.of(System.getProperty("bench.table")),
        String.join("\n", table) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void measure(LambdaSetup setup, String task, JsonNode first, JsonNode second)
      throws IOException, InterruptedException {
    List<Times> times = new ArrayList<>();
    for (int round = 0; round < Integer.getInteger("bench.rounds"); round++) {
      try (LambdaFunction function = LambdaFunction.start(setup, task + "Handler")) {
        times.add(
            new Times(
                function.init(),
                function.invoke(first).time(),
                function.invoke(second).time(),
                function.peakMemory()));
      }
    }
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %,d | %,d | %,d | %,d |",
            setup.snapStart() ? "SnapStart" : "On demand",
            task,
            median(times, time -> time.init().toMillis()),
            median(times, time -> time.first().toMillis()),
            median(times, time -> time.second().toMillis()),
            times.stream().mapToLong(Times::peakMemory).max().orElseThrow()));
  }

  /** Whether what lets a function start sooner makes a worker slower. */
  private void measureLongWork(
      LambdaSetup quickCompilerOnly, LambdaSetup bothCompilers, List<JsonNode> segments)
      throws IOException, InterruptedException {
    table.add("");
    table.add("| Processor time for 50,000 items | The first | The next | MB |");
    table.add("| --- | ---: | ---: | ---: |");
    for (LambdaSetup setup : List.of(quickCompilerOnly, bothCompilers)) {
      try (LambdaFunction function = LambdaFunction.start(setup, "CopySegmentHandler")) {
        Duration start = function.processorTime();
        copyAgainAndAgain(function, segments);
        Duration middle = function.processorTime();
        copyAgainAndAgain(function, segments);
        table.add(
            String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d |",
                setup.snapStart() ? "Both compilers" : "The quick compiler only",
                middle.minus(start).toMillis(),
                function.processorTime().minus(middle).toMillis(),
                function.peakMemory()));
      }
    }
  }

  private static void copyAgainAndAgain(LambdaFunction function, List<JsonNode> segments)
      throws IOException, InterruptedException {
    for (int i = 0; i < LONG_WORK; i++) {
      for (JsonNode segment : segments) {
        function.invoke(unitRequest(segment));
      }
    }
  }

  private static long median(List<Times> times, ToLongFunction<Times> part) {
    return times.stream().mapToLong(part).sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  private static void invokeOnce(LambdaSetup setup, String handler, JsonNode request)
      throws IOException, InterruptedException {
    try (LambdaFunction function = LambdaFunction.start(setup, handler)) {
      function.invoke(request);
    }
  }

  private static List<JsonNode> segments(LambdaSetup setup) throws IOException {
    List<JsonNode> segments = new ArrayList<>();
    for (String line : setup.lines("runs/" + RUN + "/units-copy.jsonl")) {
      JsonNode unit = MAPPER.readTree(line);
      if (unit.get("kind").textValue().equals("SEGMENT")) {
        segments.add(unit);
      }
    }
    return segments;
  }

  private static ObjectNode request(String run) {
    return MAPPER.createObjectNode().put("run", run);
  }

  private static JsonNode planRequest(String run, ObjectNode schema) {
    return request(run).set("schema", schema);
  }

  private static JsonNode unitRequest(JsonNode unit) {
    ObjectNode request = request(RUN);
    request.set("unit", unit);
    return request.putNull("cursor");
  }
}
