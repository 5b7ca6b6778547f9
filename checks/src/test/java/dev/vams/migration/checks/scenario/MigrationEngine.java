package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.local.sample.SampleStack;

/** Runs the workflow's definition with its workers, on this machine or deployed. */
interface MigrationEngine {

  /** Where it finds the stacks. */
  Services services();

  /** A filled stack to migrate from, which nobody writes to. */
  FilledStack source() throws InterruptedException;

  /** An empty stack to migrate to. */
  SampleStack target() throws InterruptedException;

  /**
   * Runs a migration to its end.
   *
   * @param schema the execution's input; all of one engine name the same buckets and tables
   */
  Report run(ObjectNode schema);
}
