package dev.vams.migration.checks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.checks.scenario.CommandLineProcess.Ended;
import dev.vams.migration.checks.scenario.SmallMigration.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service that fails now and then must cost time only. */
@ExtendWith(EmulatorExtension.class)
class FaultTest {

  /** Other faults each time; to meet those of a failed build again, pass the seed it printed. */
  private static final long SEED = Long.getLong("seed", new Random().nextInt(1_000_000));

  /** {@code -Dfault.objects=20000} looks longer. */
  private static final int OBJECTS = Integer.getInteger("fault.objects", 1_000);

  private static final double RATE = 0.05;
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Emulator emulator;

  FaultTest(Emulator emulator) {
    this.emulator = emulator;
  }

  @Test
  void everyTwentiethRequestMayFail(@TempDir Path folder) throws IOException {
    System.out.printf("%d objects with faults, -Dseed=%d%n", OBJECTS, SEED);
    SmallMigration migration = SmallMigration.create(emulator, new Size(OBJECTS, 30, 20));
    Path schema = Files.writeString(folder.resolve("schema.json"), migration.schema().toString());
    List<String> run = List.of("run", "--schema", schema.toString());

    try (FaultProxy s3 =
            FaultProxy.failingS3(emulator.servers().s3Endpoint(), RATE, new Random(SEED));
        CommandLineProcess process =
            CommandLineProcess.start(
                s3.endpoint(), emulator.servers().dynamoDbEndpoint(), folder, run)) {
      Ended ended = process.awaitEnd(LIMIT);

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      assertThat(s3.faults()).isGreaterThan((int) (OBJECTS * RATE / 2));
      assertThat(Contents.objects(emulator, migration.targetBucket()).size()).isEqualTo(OBJECTS);
    }
  }
}
