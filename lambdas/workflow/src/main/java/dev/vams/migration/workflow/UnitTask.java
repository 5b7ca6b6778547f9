package dev.vams.migration.workflow;

import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Stop;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.store.StoreError.Scope;
import dev.vams.migration.core.store.StoreException;

/**
 * What the tasks of units have in common: none begins in a run that was stopped, and one that meets
 * what all others would meet too stops the run. Workers that are at work go on to their end.
 */
record UnitTask(WorkflowWiring wiring) {

  /** What is done with a unit. */
  @FunctionalInterface
  interface Work<T> {
    T on(Journal journal, MigrationPlan plan, Stacks stacks);
  }

  /**
   * Works on a unit.
   *
   * @throws UnitFailedException when the run was stopped
   */
  <T> T during(UnitRequest request, Work<T> work) {
    Journal journal = wiring.journal(request.run());
    MigrationPlan plan = wiring.plan(journal);
    journal
        .stop()
        .ifPresent(
            stop -> {
              throw UnitFailedException.becauseOf(stop);
            });
    try (Stacks stacks = wiring.stacks(plan, request.unit())) {
      return work.on(journal, plan, stacks);
    } catch (StoreException e) {
      if (e.error().scope() == Scope.RUN) {
        journal.stop(new Stop(request.unit().descriptor(), e.getMessage()));
      }
      throw e;
    }
  }
}
