package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Calls a function.
 *
 * <p>The function runs in this process and cannot be stopped safely. So a timeout does not cut it
 * short: if it took longer than TimeoutSeconds, its answer or failure is dropped and States.Timeout
 * raised instead.
 */
record TaskState(
    String name,
    Template functionName,
    Template payload,
    Optional<Duration> timeout,
    Recovery recovery,
    Exit exit)
    implements State {

  private static final int OK = 200;

  @Override
  public List<Exit> exits() {
    return recovery.exitsWith(exit);
  }

  @Override
  public Transition enter(Visit visit) throws StateError, InterruptedException {
    return visit.recovering(recovery, exit, scope -> invoke(visit, scope));
  }

  private JsonNode invoke(Visit visit, Scope scope) throws StateError, InterruptedException {
    String function = functionName.evaluateText(scope, "FunctionName");
    JsonNode request = PayloadLimit.require(payload.evaluate(scope), "The payload of " + name);
    Instant start = visit.ports().clock().instant();
    JsonNode answer;
    try {
      answer = visit.ports().tasks().invoke(function, request);
    } catch (TaskFailedException e) {
      requireInTime(visit, start);
      throw new StateError(e.error(), e.getMessage(), e);
    }
    requireInTime(visit, start);
    JsonNode result =
        JsonNodeFactory.instance.objectNode().put("StatusCode", OK).set("Payload", answer);
    return PayloadLimit.require(result, "The result of " + name);
  }

  private void requireInTime(Visit visit, Instant start) throws StateError {
    Duration taken = Duration.between(start, visit.ports().clock().instant());
    if (timeout.isPresent() && taken.compareTo(timeout.get()) > 0) {
      throw new StateError(
          StateError.TIMEOUT,
          name
              + " took "
              + taken.toSeconds()
              + " s, but may take "
              + timeout.get().toSeconds()
              + " s");
    }
  }
}
