package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One attempt of a Map: a fixed number of workers, each of which takes the next item, runs its
 * child and takes another. So the items in memory are those whose children run.
 */
final class MapRun {

  private final MapState map;
  private final Visit visit;
  private final Scope scope;
  private final FailureTolerance.Evaluated tolerance;
  private final ObjectTemplate.Place source;
  private final ObjectTemplate.Place destination;
  private final String name;
  private final long items;

  /** Set once no further child is to be started. */
  private volatile boolean stopped;

  private long started;
  private long failed;

  private MapRun(
      MapState map,
      Visit visit,
      Scope scope,
      FailureTolerance.Evaluated tolerance,
      ObjectTemplate.Place source,
      ObjectTemplate.Place destination,
      long items) {
    this.map = map;
    this.visit = visit;
    this.scope = scope;
    this.tolerance = tolerance;
    this.source = source;
    this.destination = destination;
    this.items = items;
    this.name = randomName();
  }

  static MapRun of(MapState map, Visit visit, Scope scope) throws StateError {
    ObjectTemplate.Place source = map.source().evaluate(scope);
    return new MapRun(
        map,
        visit,
        scope,
        map.tolerance().evaluate(scope),
        source,
        map.destination().evaluate(scope),
        ItemSource.count(visit.ports().objects(), source));
  }

  /**
   * Runs all children.
   *
   * @return where their results are
   * @throws StateError if more of them failed than are tolerated (their results are written all the
   *     same), or if the items cannot be read or the results not be written
   * @throws InterruptedException if this thread was interrupted; no child is running any more
   */
  JsonNode run() throws StateError, InterruptedException {
    visit.ports().listener().mapStarted(map.name(), items);
    int workers = (int) Math.min(items, map.concurrency(scope, visit.execution().limits()));
    String mapRunId = visit.execution().identity().mapRunId(map.label(), name);
    ObjectTemplate.Place manifest;
    try (ItemSource open = ItemSource.open(visit.ports().objects(), source);
        ResultFiles results =
            new ResultFiles(
                visit.ports().objects(),
                destination,
                name,
                visit.execution().limits().resultFileBytes())) {
      if (workers > 0) {
        runWorkers(workers, () -> work(open, results));
      }
      manifest = results.finish(mapRunId);
    }
    visit.execution().requireGoingOn();
    if (tolerance.isExceeded(failed, items)) {
      throw new StateError(
          StateError.TOLERATED_FAILURES_EXCEEDED,
          failed
              + " of "
              + items
              + " items of "
              + map.name()
              + " failed, more than are tolerated: see "
              + manifest);
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("MapRunArn", mapRunId);
    result
        .putObject("ResultWriterDetails")
        .put("Bucket", manifest.bucket())
        .put("Key", manifest.key());
    return result;
  }

  private static void runWorkers(int workers, Callable<Void> worker)
      throws StateError, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      for (Future<Void> ended : pool.invokeAll(Collections.nCopies(workers, worker))) {
        ended.get();
      }
    } catch (ExecutionException e) {
      throw Threads.unwrapped(e);
    } finally {
      Threads.end(pool);
    }
  }

  private Void work(ItemSource open, ResultFiles results) throws StateError, InterruptedException {
    boolean ended = false;
    try {
      Optional<Execution> child = nextChild(open);
      while (child.isPresent()) {
        run(child.get(), results);
        child = nextChild(open);
      }
      ended = true;
    } finally {
      if (!ended) {
        stopped = true;
      }
    }
    return null;
  }

  private Optional<Execution> nextChild(ItemSource open) throws StateError {
    synchronized (open) {
      if (stopped || visit.execution().isOverdue()) {
        return Optional.empty();
      }
      Optional<JsonNode> item = open.next();
      if (item.isEmpty()) {
        return Optional.empty();
      }
      JsonNode input = select(started, item.get());
      started++;
      Identity identity = visit.execution().identity().childOf(map.label(), randomName());
      return Optional.of(visit.execution().child(identity, map.itemProcessor(), input));
    }
  }

  private JsonNode select(long index, JsonNode item) throws StateError {
    if (map.itemSelector().isEmpty()) {
      return item;
    }
    ObjectNode context = Execution.withItem(visit.context(), index, item);
    return map.itemSelector().get().evaluate(scope.with("context", context));
  }

  private void run(Execution child, ResultFiles results) throws StateError, InterruptedException {
    ExecutionResult result = child.run();
    ChildRecord ended =
        new ChildRecord(
            child.identity(),
            child.input(),
            child.start(),
            visit.ports().clock().instant(),
            result);
    synchronized (results) {
      results.write(ended);
      if (result instanceof ExecutionResult.Failed) {
        failed++;
        stopped = stopped || tolerance.isExceeded(failed, items);
      }
    }
    tell(child.identity().name(), result);
  }

  private void tell(String child, ExecutionResult result) {
    if (result instanceof ExecutionResult.Failed failure) {
      visit.ports().listener().childFailed(map.name(), child, failure.error(), failure.cause());
    } else {
      visit.ports().listener().childSucceeded(map.name(), child);
    }
  }

  private String randomName() {
    return new UUID(visit.ports().random().nextLong(), visit.ports().random().nextLong())
        .toString();
  }
}
