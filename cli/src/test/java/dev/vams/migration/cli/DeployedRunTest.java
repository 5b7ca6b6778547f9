package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.cli.deployed.DeploymentException;
import dev.vams.migration.cli.deployed.DeploymentException.Reason;
import dev.vams.migration.cli.deployed.ExecutionEnd;
import dev.vams.migration.cli.deployed.FakeDeployment;
import dev.vams.migration.cli.deployed.FakeDeployment.Asked;
import dev.vams.migration.cli.deployed.MapProgress;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.json.SchemaWriter;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.ReportText;
import dev.vams.migration.core.report.Verdict;
import dev.vams.migration.core.store.InMemoryWorkStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployedRunTest {
  private static final String RUN = "run-1";
  private static final RunFiles FILES = new RunFiles(RUN);
  private static final String FOLLOW =
      "vams-migrate run --engine stepfunctions --schema my.json --follow run-1";
  private static final String RESUME =
      "vams-migrate run --engine stepfunctions --schema my.json --resume run-1";
  private static final MigrationSchema SCHEMA = schema(1);

  /** So many pairs fit into the input: every pair is as long as the others. */
  private static final int MOST_PAIRS =
      1 + (DeployedRun.LONGEST_INPUT - length(SCHEMA)) / (length(schema(2)) - length(SCHEMA));

  private final ManualClock clock = new ManualClock();
  private final FakeDeployment deployment = new FakeDeployment(clock);
  private final InMemoryWorkStore workStore = new InMemoryWorkStore();
  private final Deque<Runnable> meanwhile = new ArrayDeque<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void startsWithTheSchemaAsTheInput() throws IOException {
    endsWith(Verdict.VERIFIED);

    assertThat(run().start(SCHEMA)).isZero();

    assertThat(deployment.calls()).startsWith("start run-1");
    assertThat(json(deployment.input())).isEqualTo(new SchemaWriter().write(SCHEMA));
    assertThat(workStore.written()).containsExactly(FILES.reportJson());
  }

  @Test
  void longestSchemaThatFitsIsTheInput() {
    endsWith(Verdict.VERIFIED);

    run().start(schema(MOST_PAIRS));

    assertThat(deployment.input()).startsWith("{\"regionFrom\"");
  }

  @Test
  void schemaThatIsTooLongForTheInputGoesToTheWorkBucket() throws IOException {
    endsWith(Verdict.VERIFIED);
    MigrationSchema large = schema(MOST_PAIRS + 1);

    run().start(large);

    assertThat(json(deployment.input()))
        .isEqualTo(
            json(
                """
                {"schemaLocation": {"bucket": "work-bucket", "key": "runs/run-1/schema.json"}}"""));
    assertThat(json(workStore.text("runs/run-1/schema.json")))
        .isEqualTo(new SchemaWriter().write(large));
  }

  @Test
  void looksEveryFiveSecondsAndAtEachOpenMapOnce() {
    then(() -> deployment.map("CopyPhase", new MapProgress(4, 1, 0, 40)));
    then(() -> deployment.map("CopyPhase", new MapProgress(4, 2, 0, 40)));
    then(
        () -> {
          deployment.mapEnds("CopyPhase", new MapProgress(4, 4, 0, 40));
          deployment.map("VerifyUnits", new MapProgress(4, 0, 0, 40));
        });
    then(
        () -> {
          deployment.mapEnds("VerifyUnits", new MapProgress(4, 4, 0, 40));
          endsWith(Verdict.VERIFIED);
        });

    run().start(SCHEMA);

    assertThat(deployment.asked())
        .containsExactly(
            asked(0, "start run-1"),
            asked(5, "end"),
            asked(5, "maps"),
            asked(5, "progress CopyPhase"),
            asked(10, "end"),
            asked(10, "maps"),
            asked(10, "progress CopyPhase"),
            asked(15, "end"),
            asked(15, "maps"),
            asked(15, "progress CopyPhase"),
            asked(15, "progress VerifyUnits"),
            asked(20, "end"),
            asked(20, "maps"),
            asked(20, "progress VerifyUnits"));
  }

  @Test
  void showsTheUnitsOfEachPhaseAndNothingThatItDoesNotKnow() {
    then(() -> deployment.map("CopyPhase", new MapProgress(0, 0, 0, 40)));
    then(() -> deployment.map("CopyPhase", new MapProgress(1_800, 600, 0, 40)));
    then(() -> deployment.map("CopyPhase", new MapProgress(1_800, 900, 1, 40)));
    then(
        () -> {
          deployment.mapEnds("CopyPhase", new MapProgress(1_800, 1_799, 1, 40));
          deployment.map("VerifyUnits", new MapProgress(1_800, 0, 0, 40));
        });
    then(
        () -> {
          deployment.mapEnds("VerifyUnits", new MapProgress(1_800, 1_800, 0, 40));
          endsWith(Verdict.FAILED);
        });

    run().start(SCHEMA);

    assertThat(err.toString().lines())
        .containsExactly(
            "Run run-1",
            "copy   600/1,800 units  about 10 s left",
            "copy   901/1,800 units  1 of them failed  about 9 s left",
            "copy   1,800/1,800 units  1 of them failed",
            "verify 0/1,800 units",
            "verify 1,800/1,800 units",
            "Report: memory:runs/run-1/report.txt");
  }

  @ParameterizedTest
  @CsvSource({"VERIFIED, 0", "PLANNED, 0", "MISMATCH, 1", "FAILED, 1"})
  void endsWithTheReportAndItsExitCode(Verdict verdict, int exitCode) {
    Report report = endsWith(verdict);

    assertThat(run().follow()).isEqualTo(exitCode);

    assertThat(out.toString()).isEqualTo(new ReportText(report).render());
  }

  @Test
  void refusedRunEndsAsOnThisMachine() {
    write(
        report(
            Verdict.REFUSED,
            List.of(new Problem(Problem.Kind.ACCESS, "bucket a", "may not be read", "Allow it."))));
    deployment.ends(new ExecutionEnd.Failed("PlanRefused", "bucket a: may not be read"));

    assertThat(run().follow()).isEqualTo(3);

    assertThat(out.toString()).contains("bucket a: may not be read. Allow it.");
  }

  @Test
  void programsGetTheSameDocumentAsFromThisMachine() throws IOException {
    endsWith(Verdict.MISMATCH);

    assertThat(run(OutputFormat.JSON).follow()).isEqualTo(1);

    assertThat(json(out.toString()).get("run").asText()).isEqualTo(RUN);
    assertThat(json(out.toString()).get("verdict").asText()).isEqualTo("MISMATCH");
    assertThat(json(out.toString()).get("report").asText()).endsWith("runs/run-1/report.json");
  }

  @Test
  void followingStartsNothingAndLooksAtOnce() {
    endsWith(Verdict.VERIFIED);

    run().follow();

    assertThat(deployment.asked()).containsExactly(asked(0, "end"), asked(0, "maps"));
  }

  @Test
  void runThatWasStoppedFromOutsideSaysHowToContinue() {
    workStore.put(FILES.plan(), new byte[0]);
    then(() -> deployment.ends(new ExecutionEnd.Stopped("was stopped from outside (lunch)")));

    assertFails(
        () -> run().start(SCHEMA),
        1,
        "The run was stopped from outside (lunch) before it could write a report.",
        "What was copied stays. To continue:",
        RESUME);
  }

  @Test
  void runThatWasStoppedBeforeItsPlanIsStartedAgain() {
    then(() -> deployment.ends(new ExecutionEnd.Stopped("was stopped from outside")));

    assertFails(() -> run().start(SCHEMA), 1, "Nothing was copied yet. Start again");
  }

  @Test
  void runThatBrokeSaysWithWhichError() {
    workStore.put(FILES.plan(), new byte[0]);
    then(() -> deployment.ends(new ExecutionEnd.Failed("States.Timeout", "Reconcile hangs")));

    assertFails(
        () -> run().start(SCHEMA),
        1,
        "The run ended without a report. States.Timeout: Reconcile hangs",
        RESUME);
  }

  @Test
  void workersThatCannotUseTheWorkBucketAreAMatterOfAccess() {
    then(() -> deployment.ends(new ExecutionEnd.Failed("States.ItemReaderFailed", "no access")));

    assertFails(() -> run().start(SCHEMA), 3, "no access");
  }

  @Test
  void reportThatIsNotThereIsNoSuccess() {
    deployment.ends(new ExecutionEnd.Succeeded());

    assertFails(
        () -> run().follow(),
        1,
        "The run ended, but its report memory:runs/run-1/report.json is not there.");
  }

  @Test
  void reportOfAnotherVersionSaysSo() {
    workStore.put(FILES.reportJson(), "{\"new\": 1}".getBytes(StandardCharsets.UTF_8));
    deployment.ends(new ExecutionEnd.Succeeded());

    assertFails(() -> run().follow(), 3, "runs/run-1/report.json is not a Report", "version");
  }

  @Test
  void looksAgainWhenStepFunctionsDoesNotAnswer() {
    deployment.fail(Reason.UNREACHABLE, "The network is down.");
    deployment.fail(Reason.UNREACHABLE, "The network is down.");
    endsWith(Verdict.VERIFIED);

    assertThat(run().follow()).isZero();

    assertThat(err.toString().lines())
        .containsOnlyOnce("The network is down. Trying again ...")
        .hasSize(3);
    assertThat(deployment.asked())
        .extracting(Asked::at)
        .containsExactly(at(0), at(5), at(10), at(10));
  }

  @Test
  void givesUpInTheEndAndSaysHowToFollow() throws IOException {
    for (int look = 0; look < DeployedRun.MOST_UNANSWERED; look++) {
      deployment.fail(Reason.UNREACHABLE, "The network is down.");
    }

    UserException lost = assertFails(() -> run().follow(), 3, "The network is down.", FOLLOW);

    assertThat(deployment.asked()).hasSize(DeployedRun.MOST_UNANSWERED);
    assertThat(lost.summary().run()).isEqualTo(RUN);
    assertThat(lost.summary().verdict()).isEqualTo("UNKNOWN");
  }

  @Test
  void followingThatIsNotAllowedEndsAtOnce() {
    deployment.fail(Reason.REFUSED, "Allow states:DescribeExecution.");

    assertFails(() -> run().follow(), 3, "Allow states:DescribeExecution.", FOLLOW);
  }

  @Test
  void runThatIsNotThereCannotBeFollowed() {
    deployment.fail(Reason.MISSING, "There is no run 'run-1'.");

    assertThatExceptionOfType(DeploymentException.class)
        .isThrownBy(() -> run().follow())
        .withMessage("There is no run 'run-1'.");
  }

  @Test
  void runThatWasJustStartedMayNotBeKnownYet() {
    then(
        () -> {
          deployment.fail(Reason.MISSING, "There is no run 'run-1'.");
          endsWith(Verdict.VERIFIED);
        });

    assertThat(run().start(SCHEMA)).isZero();
  }

  private void then(Runnable change) {
    meanwhile.add(change);
  }

  private Report endsWith(Verdict verdict) {
    Report report = report(verdict, List.of());
    write(report);
    deployment.ends(
        verdict == Verdict.VERIFIED || verdict == Verdict.PLANNED
            ? new ExecutionEnd.Succeeded()
            : new ExecutionEnd.Failed(verdict.name(), "see the report"));
    return report;
  }

  private void write(Report report) {
    workStore.put(FILES.reportJson(), new JacksonCodec().encode(report));
  }

  private DeployedRun run() {
    return run(OutputFormat.TEXT);
  }

  /** Whenever it pauses, time passes and the next thing happens. */
  private DeployedRun run(OutputFormat format) {
    return new DeployedRun(
        RUN,
        deployment,
        workStore,
        clock,
        time -> {
          clock.advance(time);
          if (!meanwhile.isEmpty()) {
            meanwhile.remove().run();
          }
          return CompletableFuture.completedStage(null);
        },
        new RunOutput(format, new PrintWriter(out), new PrintWriter(err), false),
        new DeployedCommands(Path.of("my.json"), StackOption.DEFAULT, "eu-west-1"));
  }

  private static UserException assertFails(Runnable run, int exitCode, String... messages) {
    return assertThatExceptionOfType(UserException.class)
        .isThrownBy(run::run)
        .satisfies(
            e -> {
              assertThat(e.exitCode()).isEqualTo(exitCode);
              assertThat(e.getMessage()).contains(messages);
            })
        .actual();
  }

  private static Asked asked(int second, String call) {
    return new Asked(at(second), call);
  }

  private static Instant at(int second) {
    return ManualClock.START.plus(Duration.ofSeconds(second));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static int length(MigrationSchema schema) {
    return new JacksonCodec().encode(new SchemaWriter().write(schema)).length;
  }

  private static MigrationSchema schema(int pairs) {
    List<BucketPair> buckets =
        Stream.iterate(1, number -> number + 1)
            .limit(pairs)
            .map(
                number ->
                    new BucketPair(
                        "pair-%04d".formatted(number),
                        "a-bucket-with-a-rather-long-name-%04d".formatted(number),
                        "another-bucket-with-a-rather-long-name-%04d".formatted(number)))
            .toList();
    return new MigrationSchema(
        "us-east-1", "eu-west-1", buckets, List.of(), Options.defaults(), "");
  }

  private static Report report(Verdict verdict, List<Problem> problems) {
    return new Report(
        RUN,
        verdict,
        Mode.MIGRATE,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:01:00Z",
        "us-east-1",
        "eu-west-1",
        "",
        List.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        problems,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
