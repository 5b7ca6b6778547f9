package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A busy DynamoDB and a machine that fails again and again cost time, and few writes. */
@ExtendWith(EmulatorExtension.class)
class TableFaultTest {

  /** Other faults and kills each time; to meet those again, pass the seed it printed. */
  private static final long SEED = Long.getLong("seed", new Random().nextInt(1_000_000));

  private static final int ITEMS_OF_SUITE = 20_000;

  /** {@code -Ddynamodb.fault.items=200000} takes five minutes. */
  private static final int ITEMS = Integer.getInteger("dynamodb.fault.items", ITEMS_OF_SUITE);

  /**
   * How many writes lie between two kills, on average. In the suite, so few that there are two or
   * three kills. Otherwise what DynamoDB Local takes within some 20 seconds on two processors.
   */
  private static final int CALLS_PER_KILL =
      Integer.getInteger("dynamodb.fault.calls", ITEMS > ITEMS_OF_SUITE ? 2_400 : 330);

  /**
   * Workers of the suite stop after each page, as less time than they reserve is left to them: what
   * a kill costs does not depend on how many seconds lie between two checkpoints.
   */
  private static final List<String> WORKERS =
      ITEMS > ITEMS_OF_SUITE ? List.of() : List.of("--worker-time", "PT1S");

  /** A few are met, where each process gets further than the one before. */
  private static final int MOST_KILLS = 25;

  private static final int BYTES_PER_ITEM = 300;
  private static final int BATCH = 25;
  private static final int ITEMS_OF_PAGE = 500;

  /** What refused, half taken and repeated batches may cost. */
  private static final double MOST_WRITES_OF_FAULTS = 1.2;

  /** What all faults and kills may cost. */
  private static final double MOST_WRITES = 1.3;

  /**
   * What a kill may cost where workers stop after each page: the page of each of the two segments
   * that the suite's 7 MB have, a quarter more for what is refused of it again.
   */
  private static final int MOST_WRITES_OF_KILL = 2 * ITEMS_OF_PAGE / BATCH * 5 / 4;

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Pattern RUN = Pattern.compile("^Run (\\S+)$", Pattern.MULTILINE);

  @TempDir Path folder;

  @Test
  void refusedHalfTakenAndRepeatedBatchesAndKilledWorkersCostFewWrites(Emulator emulator)
      throws IOException {
    System.out.printf("%d items with faults and kills, -Dseed=%d%n", ITEMS, SEED);
    SmallMigration migration = SmallMigration.create(emulator, new Size(0, ITEMS, BYTES_PER_ITEM));
    Path schema =
        Files.writeString(
            folder.resolve("schema.json"),
            migration.schema().without("VAMS_S3Bucket_Mapping").toString());
    BatchWriteFaults faults = new BatchWriteFaults(new Random(SEED), "number");

    try (FaultProxy dynamoDb = new FaultProxy(emulator.servers().dynamoDbEndpoint(), faults)) {
      List<Integer> kills = new ArrayList<>();
      Ended ended = runKilled(emulator, dynamoDb, schema, faults, new Random(SEED + 1), kills);

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      assertThat(new ObjectMapper().readTree(ended.out()).at("/verdict").asText())
          .isEqualTo("VERIFIED");
      int minimum = (ITEMS + BATCH - 1) / BATCH;
      double ratio = (double) faults.calls() / minimum;
      double withoutKills = (double) (faults.calls() - faults.repeated()) / minimum;
      System.out.printf(
          Locale.ROOT,
          "%d kills; %s; %d write calls, %.3f times the minimum of %d; %d, %.3f times,"
              + " without those that a kill had repeated%n",
          kills.size(),
          faults.faults(),
          faults.calls(),
          ratio,
          minimum,
          faults.calls() - faults.repeated(),
          withoutKills);
      assertThat(kills).hasSizeGreaterThan(1);
      assertThat(faults.total()).isGreaterThan(faults.calls() / 20);
      assertThat(withoutKills).isLessThanOrEqualTo(MOST_WRITES_OF_FAULTS);
      assertThat(ratio).isLessThanOrEqualTo(MOST_WRITES);
      if (ITEMS == ITEMS_OF_SUITE) {
        assertThat(faults.repeated()).isLessThanOrEqualTo(kills.size() * MOST_WRITES_OF_KILL);
      }
      assertTargetHasEverything(emulator, migration.targetTable());
    }
  }

  /**
   * Runs, is killed, and goes on until an end is reached.
   *
   * @param kills is given after how many writes each of them was
   */
  private Ended runKilled(
      Emulator emulator,
      FaultProxy dynamoDb,
      Path schema,
      BatchWriteFaults faults,
      Random random,
      List<Integer> kills) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--schema", schema.toString(), "--output", "json"));
    arguments.addAll(WORKERS);
    int common = arguments.size();
    while (true) {
      int end = faults.calls() + CALLS_PER_KILL * 3 / 4 + random.nextInt(CALLS_PER_KILL / 2);
      long began = System.nanoTime();
      try (CommandLineProcess process =
          CommandLineProcess.start(
              emulator.servers().s3Endpoint(), dynamoDb.endpoint(), folder, arguments)) {
        if (!process.awaitWhileAlive(() -> faults.calls() >= end, LIMIT)) {
          return process.awaitEnd();
        }
        process.kill();
        faults.killed();
        kills.add(faults.calls());
        assertThat(kills)
            .as("each process goes on where the one before was")
            .hasSizeLessThan(MOST_KILLS);
        System.out.printf(
            "killed after %d write calls, %d s after its start%n",
            faults.calls(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        Matcher run = RUN.matcher(process.errSoFar());
        assertThat(run.find()).as("the run's name in: %s", process.errSoFar()).isTrue();
        arguments.subList(common, arguments.size()).clear();
        arguments.addAll(List.of("--resume", run.group(1)));
      }
    }
  }

  /**
   * Page by page: all items do not fit into the memory of a test. Of a large table, DynamoDB Local
   * takes seconds for a page without a limit.
   */
  private static void assertTargetHasEverything(Emulator emulator, String table) {
    BitSet seen = new BitSet(ITEMS);
    emulator
        .dynamoDb()
        .scanPaginator(
            request -> request.tableName(table).consistentRead(true).limit(ITEMS_OF_PAGE))
        .items()
        .subscribe(
            item -> {
              int number = Integer.parseInt(item.get("number").s());
              assertThat(item).isEqualTo(SmallMigration.migratedItem(number, BYTES_PER_ITEM));
              seen.set(number);
            })
        .join();
    assertThat(seen.cardinality()).isEqualTo(ITEMS);
  }
}
