package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A process that is killed while it copies leaves nothing that its resumption does not mend. */
@ExtendWith(EmulatorExtension.class)
class ResumeTest {

  /**
   * Enough that every moment of the copy can be hit; several pages of items, so checkpoints too.
   */
  private static final Size SIZE = new Size(240, 12, 300_000);

  private static final Pattern RUN = Pattern.compile("^Run (\\S+)$", Pattern.MULTILINE);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Other moments each time; to hit those of a failed build again, pass the seed it printed. */
  private static final long SEED = Long.getLong("seed", new Random().nextInt(1_000_000));

  @TempDir Path directory;

  private Emulator emulator;
  private SmallMigration migration;
  private Path schema;

  @BeforeEach
  void createStacks(Emulator shared) throws IOException {
    emulator = shared;
    migration = SmallMigration.create(emulator, SIZE);
    schema = Files.writeString(directory.resolve("schema.json"), migration.schema().toString());
  }

  @RepeatedTest(10)
  void killedAtAnyMomentAndResumedLosesAndDoublesNothing(RepetitionInfo repetition)
      throws IOException {
    long seed = SEED + repetition.getCurrentRepetition();
    Moment moment = Moment.choose(repetition.getCurrentRepetition(), new Random(seed));
    System.out.printf("kill -9 at %s, -Dseed=%d%n", moment, SEED);

    String run = killAt(moment);
    Ended resumed = resume(run);

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    JsonNode summary = JSON.readTree(resumed.out());
    assertThat(summary.at("/verdict").asText()).isEqualTo("VERIFIED");
    assertThat(
            summary.at("/buckets/objectsCopied").asInt()
                + summary.at("/buckets/objectsSkipped").asInt())
        .isEqualTo(SIZE.objects());
    assertThat(summary.at("/tables/itemsCopied").asInt()).isEqualTo(SIZE.items());
    assertTargetHasEverythingOnce();
  }

  /**
   * How far the run has come when it is killed.
   *
   * @param what so many files of a folder of the run, or so many objects at the target
   * @param hasLittleTime whether workers stop after every step, as those do whose time is up;
   *     others have many copies in flight when they are killed
   */
  private record Moment(String what, int count, boolean hasLittleTime) {
    static Moment choose(int repetition, Random random) {
      boolean hasLittleTime = repetition % 2 == 0;
      return switch (repetition % 5) {
        case 0 -> new Moment(hasLittleTime ? "checkpoints" : "done", 1, hasLittleTime);
        case 1 -> new Moment("compared", 1, hasLittleTime);
        default -> new Moment("objects", 1 + random.nextInt(SIZE.objects() / 2), hasLittleTime);
      };
    }
  }

  private String killAt(Moment moment) {
    String[] options =
        moment.hasLittleTime() ? new String[] {"--worker-time", "PT1S"} : new String[0];
    try (CommandLineProcess process = start(options)) {
      boolean reached = process.awaitWhileAlive(condition(moment));
      process.kill();

      assertThat(reached).as("killed before its end; stderr: %s", process.errSoFar()).isTrue();
      Matcher run = RUN.matcher(process.errSoFar());
      assertThat(run.find()).as("the run's name in: %s", process.errSoFar()).isTrue();
      return run.group(1);
    }
  }

  private BooleanSupplier condition(Moment moment) {
    return moment.what().equals("objects")
        ? () -> Contents.objects(emulator, migration.targetBucket()).size() >= moment.count()
        : () -> count(moment.what()) >= moment.count();
  }

  private long count(String folder) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getParent().endsWith(folder))
          .filter(file -> file.toString().endsWith(".json"))
          .count();
    } catch (IOException | UncheckedIOException vanished) {
      return 0; // An unfinished file was moved to its place meanwhile; the next look will tell.
    }
  }

  private Ended resume(String run) {
    try (CommandLineProcess process = start("--resume", run, "--output", "json")) {
      return process.awaitEnd();
    }
  }

  private CommandLineProcess start(String... options) {
    return CommandLineProcess.start(
        emulator,
        directory,
        Stream.concat(Stream.of("run", "--schema", schema.toString()), Stream.of(options))
            .toList());
  }

  private void assertTargetHasEverythingOnce() {
    assertThat(Contents.objects(emulator, migration.targetBucket()))
        .isEqualTo(Contents.objects(emulator, migration.sourceBucket()));
    assertThat(Contents.versions(emulator, migration.targetBucket()).values())
        .allMatch(versions -> versions.size() == 1);
    Set<Map<String, AttributeValue>> expected = new HashSet<>();
    for (Map<String, AttributeValue> item : Contents.items(emulator, migration.sourceTable())) {
      Map<String, AttributeValue> renamed = new HashMap<>(item);
      renamed.put("writer", renamed.remove("author"));
      expected.add(renamed);
    }
    assertThat(Contents.items(emulator, migration.targetTable())).isEqualTo(expected);
  }
}
