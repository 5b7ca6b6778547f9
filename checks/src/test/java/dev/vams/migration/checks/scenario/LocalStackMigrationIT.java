package dev.vams.migration.checks.scenario;

import org.junit.jupiter.api.extension.ExtendWith;

/** The scenario by the deployed workflow, on LocalStack. The profile {@code e2e} runs it. */
@ExtendWith(LocalStackExtension.class)
class LocalStackMigrationIT extends SampleMigrationScenario {

  LocalStackMigrationIT(LocalStackEngine engine) throws InterruptedException {
    super(engine);
  }
}
