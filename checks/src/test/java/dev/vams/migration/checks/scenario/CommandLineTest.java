package dev.vams.migration.checks.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The process as scripts and people at a terminal meet it. */
@ExtendWith(EmulatorExtension.class)
class CommandLineTest {
  private static final JsonMapper ONE_DOCUMENT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @TempDir Path directory;

  private Emulator emulator;
  private SmallMigration migration;

  @BeforeEach
  void createStacks(Emulator shared) {
    emulator = shared;
    migration = SmallMigration.create(emulator, new Size(120, 30, 20));
  }

  @Test
  void printsOneJsonDocumentAndEndsWithTheVerdict() throws IOException {
    Ended dryRun = run("run", "--schema", schema(), "--dry-run", "--output", "json");
    Ended migrated = run("run", "--schema", schema(), "--output", "json");
    migration.removeTargetObject("file-0003");
    Ended compared = run("verify", "--schema", schema(), "--output", "json");
    Ended refused = run("run", "--schema", schema(), "--output", "json");

    assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
    assertThat(verdict(dryRun)).isEqualTo("PLANNED");
    assertThat(migrated.exitCode()).as(migrated.err()).isZero();
    assertThat(verdict(migrated)).isEqualTo("VERIFIED");
    assertThat(compared.exitCode()).isEqualTo(1);
    assertThat(verdict(compared)).isEqualTo("MISMATCH");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(verdict(refused)).isEqualTo("REFUSED");
    assertThat(ONE_DOCUMENT.readTree(refused.out()).at("/problems/0/where").asText())
        .isEqualTo("$.VAMS_S3Bucket_Mapping[0].buckets.to");
  }

  /** A name instead of an address: without the bucket in the path, it would become a host. */
  @Test
  void takesServersFromAProfile() throws IOException {
    Path profiles =
        Files.writeString(
            directory.resolve("config"),
            """
            [profile rehearsal]
            region = us-east-1
            services = here
            [services here]
            s3 =
              endpoint_url = http://localhost:%d
            dynamodb =
              endpoint_url = http://localhost:%d
            """
                .formatted(
                    emulator.servers().s3Endpoint().getPort(),
                    emulator.servers().dynamoDbEndpoint().getPort()));
    Map<String, String> settings =
        Map.of("AWS_CONFIG_FILE", profiles.toString(), "AWS_PROFILE", "rehearsal");

    try (CommandLineProcess process =
        CommandLineProcess.start(settings, directory, List.of("run", "--schema", schema()))) {
      Ended ended = process.awaitEnd();

      assertThat(ended.exitCode()).as(ended.err()).isZero();
    }
  }

  @Test
  void keepsItsFilesInABucketThatCanBeResumedFrom() throws IOException {
    String bucket = emulator.newWorkBucket();

    Ended first = run("run", "--schema", schema(), "--work-bucket", bucket);
    Ended second =
        run("run", "--schema", schema(), "--work-bucket", bucket, "--resume", runOf(first));

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).contains("Report: s3://%s/runs/%s/".formatted(bucket, runOf(first)));
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out())
        .contains(
            "2 units had been copied by %s already and were not copied again."
                .formatted(runOf(first)));
    assertThat(Files.exists(directory.resolve("vams-migrate-work"))).isFalse();
  }

  private static String runOf(Ended ended) {
    return ended
        .err()
        .lines()
        .filter(line -> line.startsWith("Run "))
        .map(line -> line.substring("Run ".length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void terminatedRunSaysHowToResumeAndCanBeResumed() throws IOException {
    String typed = interrupt("TERM", 143);

    assertThat(run(typed.split(" ")).exitCode()).isZero();
  }

  @Test
  void interruptedRunSaysHowToResume() throws IOException {
    assumeFalse(
        isInterruptIgnored(),
        "this build was started with SIGINT ignored, as in the background, and so are its processes");

    interrupt("INT", 130);
  }

  @Test
  void terminatedSandboxTakesItsServersAlong() {
    try (CommandLineProcess sandbox = startSandbox()) {
      List<ProcessHandle> servers = sandbox.handle().children().toList();
      sandbox.signal("TERM");

      assertThat(sandbox.awaitEnd().exitCode()).isEqualTo(143);
      awaitEnd(servers);
    }
  }

  @Test
  void killedSandboxTakesItsServersAlong() {
    try (CommandLineProcess sandbox = startSandbox()) {
      List<ProcessHandle> servers = sandbox.handle().children().toList();
      sandbox.kill();

      awaitEnd(servers);
    }
  }

  /** Interrupts a run in the middle and gives the arguments that it says to continue with. */
  private String interrupt(String signal, int exitCode) throws IOException {
    try (CommandLineProcess process = start("run", "--schema", schema())) {
      boolean copying =
          process.awaitWhileAlive(
              () -> !Contents.objects(emulator, migration.targetBucket()).isEmpty());
      process.signal(signal);
      Ended ended = process.awaitEnd();

      assertThat(copying).isTrue();
      assertThat(ended.exitCode()).isEqualTo(exitCode);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err()).contains("Interrupted. What was copied stays. To continue:");
      return ended
          .err()
          .lines()
          .filter(line -> line.startsWith("  vams-migrate "))
          .map(line -> line.substring("  vams-migrate ".length()))
          .findFirst()
          .orElseThrow();
    }
  }

  private CommandLineProcess startSandbox() {
    CommandLineProcess sandbox = start("sandbox");
    sandbox.awaitWhileAlive(() -> sandbox.outSoFar().contains("AWS_SECRET_ACCESS_KEY"));
    assertThat(sandbox.outSoFar().lines())
        .hasSize(6)
        .allMatch(line -> line.startsWith("export AWS_"));
    return sandbox;
  }

  private static void awaitEnd(List<ProcessHandle> servers) {
    assertThat(servers).hasSize(2);
    CompletableFuture.allOf(
            servers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }

  /** A JVM takes a signal that was ignored when it started as none of its business. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status, UTF_8)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(ignored -> ignored.testBit(1));
    }
  }

  private static String verdict(Ended ended) throws IOException {
    JsonNode summary = ONE_DOCUMENT.readTree(ended.out());
    return summary.at("/verdict").asText();
  }

  private String schema() throws IOException {
    return Files.writeString(directory.resolve("schema.json"), migration.schema().toString())
        .toString();
  }

  private CommandLineProcess start(String... arguments) {
    return CommandLineProcess.start(emulator, directory, List.of(arguments));
  }

  private Ended run(String... arguments) {
    try (CommandLineProcess process = start(arguments)) {
      return process.awaitEnd();
    }
  }
}
