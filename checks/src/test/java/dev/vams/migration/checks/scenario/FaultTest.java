package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import dev.vams.migration.core.plan.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that fails now and then must cost time only. */
@ExtendWith(EmulatorExtension.class)
class FaultTest {

  /** Other faults each time; to meet those of a failed build again, pass the seed it printed. */
  private static final long SEED = Long.getLong("seed", new Random().nextInt(1_000_000));

  /**
   * {@code -Dfault.objects=3000} looks longer. Each write to S3Mock takes the longer, the more
   * objects there are in the bucket: 7,000 take nine minutes. 20,000 were copied through this proxy
   * by hand, on MinIO.
   */
  private static final int OBJECTS = Integer.getInteger("fault.objects", 1_000);

  private static final int FAILED = 1;
  private static final double RATE = 0.05;
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Emulator emulator;

  FaultTest(Emulator emulator) {
    this.emulator = emulator;
  }

  @ParameterizedTest
  @EnumSource
  void everyTwentiethRequestMayFail(Versions versions, @TempDir Path folder) throws IOException {
    // S3Mock loses versions behind the first page of a listing.
    int objects = versions == Versions.ALL ? Math.min(OBJECTS, 900) : OBJECTS;
    System.out.printf("%s of %d objects with faults, -Dseed=%d%n", versions, objects, SEED);
    SmallMigration migration = SmallMigration.create(emulator, new Size(objects, 30, 20));
    ObjectNode schema = migration.schema();
    copying(versions, schema);

    try (FaultProxy s3 =
        FaultProxy.failingS3(emulator.servers().s3Endpoint(), RATE, new Random(SEED))) {
      Ended ended = run(schema, s3, folder);

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      assertThat(s3.faults()).isGreaterThan((int) (objects * RATE / 2));
      assertThat(Contents.objects(emulator, migration.targetBucket()).size()).isEqualTo(objects);
    }
  }

  @Test
  void aBucketThatIsGoneStopsTheRun(@TempDir Path folder) throws IOException {
    SmallMigration migration = SmallMigration.create(emulator, Size.SMALL);

    try (FaultProxy s3 = FaultProxy.losingBuckets(emulator.servers().s3Endpoint())) {
      Ended ended = run(migration.schema("order", "BUCKETS_FIRST"), s3, folder);

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(FAILED);
      assertThat(ended.out())
          .contains("The run was stopped", "NoSuchBucket")
          .contains("the run was stopped by files: ");
      assertThat(Contents.items(emulator, migration.targetTable())).isEmpty();
    }
  }

  @Test
  void anObjectThatIsReplacedWhileItIsCopiedIsCopiedWholeAndTheReportSaysWhich(@TempDir Path folder)
      throws IOException {
    SmallMigration migration = SmallMigration.create(emulator, Size.SMALL);
    String key = SmallMigration.key(7);
    ObjectNode schema = migration.schema();
    copying(Versions.CURRENT, schema);

    try (FaultProxy s3 =
        FaultProxy.delayingCopies(
            emulator.servers().s3Endpoint(),
            key,
            () -> migration.putObject(migration.sourceBucket(), key, "the newer content"))) {
      Ended ended = run(schema, s3, folder);

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      assertThat(ended.out()).contains(key, "the target has its content of");
      assertThat(Contents.objects(emulator, migration.targetBucket()))
          .isEqualTo(Contents.objects(emulator, migration.sourceBucket()));
    }
  }

  private static void copying(Versions versions, ObjectNode schema) {
    for (JsonNode pair : schema.withArray("VAMS_S3Bucket_Mapping")) {
      ((ObjectNode) pair).put("versions", versions.name());
    }
  }

  private Ended run(ObjectNode schema, FaultProxy s3, Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("schema.json"), schema.toString());
    List<String> run = List.of("run", "--schema", file.toString());
    try (CommandLineProcess process =
        CommandLineProcess.start(
            s3.endpoint(), emulator.servers().dynamoDbEndpoint(), folder, run)) {
      return process.awaitEnd(LIMIT);
    }
  }
}
