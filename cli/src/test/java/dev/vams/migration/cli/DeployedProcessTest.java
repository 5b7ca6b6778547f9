package dev.vams.migration.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vams.migration.cli.deployed.FakeAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as a pipeline or a person meets it, against servers that answer as AWS does. */
class DeployedProcessTest {
  private static final String MACHINE =
      "arn:aws:states:eu-west-1:123456789012:stateMachine:VamsDataMigration";
  private static final String EXECUTION =
      "arn:aws:states:eu-west-1:123456789012:execution:VamsDataMigration:";
  private static final JsonMapper ONE_DOCUMENT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final FakeAws aws = new FakeAws();
  private final List<Process> started = new ArrayList<>();

  @TempDir private Path directory;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void deploy() throws IOException {
    aws.stack(Map.of("StateMachineArn", MACHINE, "WorkBucketName", "work-bucket"));
    Files.writeString(
        directory.resolve("my.json"),
        """
        {"regionFrom": "us-east-1", "regionTo": "eu-west-1",
         "VAMS_S3Bucket_Mapping":
           [{"bucketDescriptor": "files", "buckets": {"from": "old-files", "to": "new-files"}}],
         "VAMS_DynamoDBTable_Mapping": []}""");
  }

  @AfterEach
  void close() {
    started.forEach(Process::destroyForcibly);
    aws.close();
  }

  @Test
  void followingAnEndedRunShowsItsReport() throws Exception {
    end("run-1");

    Ended ended = end(start("run --engine stepfunctions --schema my.json --follow run-1"));

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("Migration run-1\n").contains("\nVERIFIED: ");
    assertThat(ended.err().lines())
        .containsExactly(
            "Run run-1", "copy   18/18 units", "Report: s3://work-bucket/runs/run-1/report.txt");
  }

  @Test
  void followingForAProgramPrintsOneDocument() throws Exception {
    end("run-1");

    Ended ended =
        end(start("run --engine stepfunctions --schema my.json --follow run-1 --output json"));

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    JsonNode document = ONE_DOCUMENT.readTree(ended.out());
    assertThat(document.get("verdict").asText()).isEqualTo("VERIFIED");
    assertThat(document.get("report").asText())
        .isEqualTo("s3://work-bucket/runs/run-1/report.json");
  }

  @Test
  void interruptedRunGoesOnAndSaysHowToFollowAndHowToStopIt() throws Exception {
    aws.answer("StartExecution", "{\"executionArn\": \"any\", \"startDate\": 1}");
    Process process = start("run --engine stepfunctions --schema my.json --dry-run --resume run-0");
    JsonNode request = aws.await("StartExecution").request();
    JsonNode input = ONE_DOCUMENT.readTree(request.get("input").asText());
    process.destroy();
    Ended ended = end(process);

    String run = request.get("name").asText();
    assertThat(ended.exitCode()).isEqualTo(143);
    assertThat(ended.err())
        .startsWith("Run " + run)
        .contains(
            "Interrupted. The run goes on in AWS. To follow it:\n"
                + "  vams-migrate run --engine stepfunctions --schema my.json --follow "
                + run,
            "To stop it:\n"
                + "  aws stepfunctions stop-execution --region eu-west-1 --execution-arn "
                + EXECUTION
                + run);
    assertThat(input.at("/options/mode").asText()).isEqualTo("DRY_RUN");
    assertThat(input.at("/retryOf").asText()).isEqualTo("run-0");
    assertThat(aws.calls()).noneMatch(call -> call.operation().equals("StopExecution"));
  }

  @Test
  void speedChangesTheMapThatRuns() throws Exception {
    aws.answer("ListMapRuns", "{\"mapRuns\": [%s]}".formatted(copyPhase("")));
    aws.answer("DescribeMapRun", counts("RUNNING", 18, 3));
    aws.answer("UpdateMapRun", "{}");

    Ended ended = end(start("speed --run run-1 --max-concurrency 5 --region eu-west-1"));

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .isEqualTo("CopyPhase of run run-1: at most 5 units at once, before 40.\n");
    assertThat(aws.await("UpdateMapRun").request().get("maxConcurrency").asInt()).isEqualTo(5);
  }

  @Test
  void stackThatIsNotThereIsTheInputsFault() throws Exception {
    try (FakeAws empty =
        new FakeAws().refuseStacks(400, "ValidationError", "Stack with id Other does not exist")) {
      Ended ended =
          end(
              start(
                  empty,
                  "run --engine stepfunctions --stack Other --schema my.json --output json"));

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err().strip())
          .isEqualTo(
              "There is no stack 'Other' in eu-west-1. Deploy it there with npx cdk deploy, or give another name with --stack.");
      assertThat(ONE_DOCUMENT.readTree(ended.out()).get("verdict").asText()).isEqualTo("REFUSED");
    }
  }

  @Test
  void startThatIsNotAllowedIsAMatterOfAccess() throws Exception {
    aws.refuse("StartExecution", 400, "AccessDeniedException", "User x may not");

    Ended ended = end(start("run --engine stepfunctions --schema my.json"));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err())
        .contains("Allow states:StartExecution on " + MACHINE + ".")
        .doesNotContain("\tat ");
  }

  /** The run has ended, and its report is in the work bucket. */
  private void end(String run) {
    aws.answer(
        "DescribeExecution",
        """
        {"executionArn": "%s", "stateMachineArn": "%s", "status": "SUCCEEDED", "startDate": 1}"""
            .formatted(EXECUTION + run, MACHINE));
    aws.answer("ListMapRuns", "{\"mapRuns\": [%s]}".formatted(copyPhase(", \"stopDate\": 9")));
    aws.answer("DescribeMapRun", counts("SUCCEEDED", 18, 18));
    aws.answer(
        "GET /work-bucket/runs/%s/report.json".formatted(run),
        """
        {"run": "%s", "verdict": "VERIFIED", "mode": "MIGRATE",
         "startedAt": "2026-01-01T00:00:00Z", "finishedAt": "2026-01-01T00:01:00Z",
         "regionFrom": "us-east-1", "regionTo": "eu-west-1", "retryOf": "", "pairs": [],
         "mismatchCount": 0, "failureCount": 0, "unfinishedCount": 0,
         "notCarriedCount": 0, "notCarried": [], "deletionCount": 0, "deletions": [],
         "archivedCount": 0, "archived": [], "problems": [],
         "mismatches": [], "failures": [], "unfinished": [], "notes": []}"""
            .formatted(run));
  }

  private static String copyPhase(String more) {
    return """
        {"executionArn": "any", "stateMachineArn": "any", "startDate": 2,
         "mapRunArn": "arn:aws:states:eu-west-1:123456789012:mapRun:VamsDataMigration/CopyPhase:1"%s}"""
        .formatted(more);
  }

  private static String counts(String status, int total, int succeeded) {
    return """
        {"mapRunArn": "any", "status": "%s", "maxConcurrency": 40,
         "itemCounts": {"total": %d, "pending": 0, "running": 0, "succeeded": %d,
                        "failed": 0, "timedOut": 0, "aborted": 0, "resultsWritten": 0}}"""
        .formatted(status, total, succeeded);
  }

  private Process start(String arguments) throws IOException {
    return start(aws, arguments);
  }

  private Process start(FakeAws server, String arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), VamsMigrate.class.getName()));
    line.addAll(List.of(arguments.split(" ", -1)));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", "any");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Ended end(Process process) throws IOException {
    int exitCode = process.onExit().orTimeout(2, TimeUnit.MINUTES).join().exitValue();
    return new Ended(
        exitCode,
        Files.readString(directory.resolve("out"), UTF_8),
        Files.readString(directory.resolve("err"), UTF_8));
  }
}
