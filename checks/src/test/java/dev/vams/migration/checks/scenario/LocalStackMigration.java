package dev.vams.migration.checks.scenario;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The scenario by the deployed workflow, on an emulator of AWS. The profile {@code e2e} runs it.
 */
@ExtendWith(LocalStackExtension.class)
class LocalStackMigration extends SampleMigrationScenario {

  LocalStackMigration(LocalStackEngine engine) throws InterruptedException {
    super(engine);
  }
}
