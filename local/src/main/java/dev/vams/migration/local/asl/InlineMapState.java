package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs states for every element of an array, as a part of the execution that it belongs to: they
 * see its variables, and the first iteration that fails ends the others and fails the state with
 * its error.
 *
 * @param maximumConcurrency empty or 0 sets no limit but that of Step Functions
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html">Map
 *     state in Inline mode</a>
 */
record InlineMapState(
    String name,
    Template items,
    Optional<Template> itemSelector,
    Optional<NumberTemplate> maximumConcurrency,
    Workflow itemProcessor,
    Recovery recovery,
    Exit exit)
    implements State {

  /** Step Functions runs so many iterations at once at most. */
  private static final int MOST_CONCURRENT = 40;

  @Override
  public List<Exit> exits() {
    return recovery.exitsWith(exit);
  }

  @Override
  public Transition enter(Visit visit) throws StateError, InterruptedException {
    return visit.recovering(recovery, exit, scope -> run(visit, scope));
  }

  /** The outputs of the iterations, in the order of the items. */
  private JsonNode run(Visit visit, Scope scope) throws StateError, InterruptedException {
    List<Execution> iterations = iterations(visit, scope);
    ArrayNode outputs = JsonNodeFactory.instance.arrayNode(iterations.size());
    if (iterations.isEmpty()) {
      return outputs;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(iterations.size(), concurrency(scope, visit.execution().limits())));
    try {
      CompletionService<JsonNode> ended = new ExecutorCompletionService<>(pool);
      List<Future<JsonNode>> all = new ArrayList<>();
      AtomicBoolean failed = new AtomicBoolean();
      for (Execution iteration : iterations) {
        all.add(ended.submit(() -> output(iteration, failed)));
      }
      for (int i = 0; i < all.size(); i++) {
        ended.take().get();
      }
      for (Future<JsonNode> iteration : all) {
        outputs.add(iteration.get());
      }
      return outputs;
    } catch (ExecutionException e) {
      throw Threads.unwrapped(e);
    } finally {
      Threads.end(pool);
    }
  }

  /**
   * Begins no iteration after one has failed; those that run are interrupted when that is known.
   */
  private static JsonNode output(Execution iteration, AtomicBoolean failed)
      throws StateError, InterruptedException {
    if (failed.get()) {
      return NullNode.instance;
    }
    boolean ended = false;
    try {
      JsonNode output = iteration.output();
      ended = true;
      return output;
    } finally {
      if (!ended) {
        failed.set(true);
      }
    }
  }

  private List<Execution> iterations(Visit visit, Scope scope) throws StateError {
    JsonNode array = items.evaluate(scope);
    if (!array.isArray()) {
      throw new StateError(
          StateError.QUERY_EVALUATION, "Items of " + name + " must be an array, but is " + array);
    }
    List<Execution> iterations = new ArrayList<>();
    for (JsonNode item : array) {
      int index = iterations.size();
      JsonNode input =
          itemSelector.isEmpty()
              ? item
              : itemSelector
                  .get()
                  .evaluate(
                      scope.with("context", Execution.withItem(visit.context(), index, item)));
      iterations.add(visit.execution().iteration(itemProcessor, input, index, item));
    }
    return iterations;
  }

  private int concurrency(Scope scope, Limits limits) throws StateError {
    int most =
        maximumConcurrency.isEmpty() ? 0 : maximumConcurrency.get().evaluate(scope).intValueExact();
    return Math.min(
        most == 0 ? MOST_CONCURRENT : most, Math.min(MOST_CONCURRENT, limits.parallelism()));
  }
}
