package dev.vams.migration.local.asl;

import java.util.List;
import java.util.Optional;

/**
 * Runs a workflow of its own for every item of a JSON Lines object: a Distributed Map.
 *
 * @param maximumConcurrency empty or 0 sets no limit
 */
record MapState(
    String name,
    String label,
    ObjectTemplate source,
    Optional<Template> itemSelector,
    Optional<NumberTemplate> maximumConcurrency,
    FailureTolerance tolerance,
    Workflow itemProcessor,
    ObjectTemplate destination,
    Recovery recovery,
    Exit exit)
    implements State {

  @Override
  public List<Exit> exits() {
    return recovery.exitsWith(exit);
  }

  @Override
  public Transition enter(Visit visit) throws StateError, InterruptedException {
    return visit.recovering(recovery, exit, scope -> MapRun.of(this, visit, scope).run());
  }

  /** How many children may run at once. */
  int concurrency(Scope scope, Limits limits) throws StateError {
    int most =
        maximumConcurrency.isEmpty() ? 0 : maximumConcurrency.get().evaluate(scope).intValueExact();
    return most == 0 ? limits.parallelism() : Math.min(most, limits.parallelism());
  }
}
