package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.local.sample.SampleStack;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scenario by the local engine, with its work bucket in S3 as the deployed one has it. */
@ExtendWith(EmulatorExtension.class)
class SampleMigrationTest extends SampleMigrationScenario {

  SampleMigrationTest(Emulator emulator) throws InterruptedException {
    super(LocalMigrationEngine.create(emulator));
  }

  private record LocalMigrationEngine(Emulator emulator, LocalRun runs, AtomicInteger count)
      implements MigrationEngine {

    static LocalMigrationEngine create(Emulator emulator) {
      return new LocalMigrationEngine(
          emulator, LocalRun.inBucket(emulator, emulator.newWorkBucket()), new AtomicInteger());
    }

    @Override
    public Services services() {
      return emulator;
    }

    @Override
    public FilledStack source() throws InterruptedException {
      return emulator.filledStack();
    }

    @Override
    public SampleStack target() throws InterruptedException {
      return emulator.newStack();
    }

    @Override
    public Report run(ObjectNode schema) {
      return runs.run("run-" + count.incrementAndGet(), schema);
    }
  }
}
