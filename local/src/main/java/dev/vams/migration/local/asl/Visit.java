package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One stay of a run in a state, with all its attempts. Confined to one thread. */
final class Visit {

  /** What a state tries, and tries again. */
  @FunctionalInterface
  interface Attempt {
    /** Returns {@code $states.result}. */
    JsonNode run(Scope scope) throws StateError, InterruptedException;
  }

  private final Execution execution;
  private final State state;
  private final JsonNode input;
  private final Instant entered;
  private int retryCount;

  Visit(Execution execution, State state, JsonNode input) {
    this.execution = execution;
    this.state = state;
    this.input = input;
    this.entered = execution.ports().clock().instant();
  }

  Execution execution() {
    return execution;
  }

  Ports ports() {
    return execution.ports();
  }

  JsonNode input() {
    return input;
  }

  /** {@code $states.context} at this moment. */
  ObjectNode context() {
    ObjectNode context = execution.context();
    context
        .putObject("State")
        .put("Name", state.name())
        .put("EnteredTime", entered.toString())
        .put("RetryCount", retryCount);
    return context;
  }

  Scope scope() {
    return Scope.of(execution.variables(), input, context());
  }

  void sleep(Duration duration) throws StateError, InterruptedException {
    execution.sleep(duration);
    execution.requireGoingOn();
  }

  /**
   * Leaves by {@code exit}. All expressions see the variables as they were before; a variable
   * changes only if all succeed.
   *
   * @param defaultOutput the output if the exit has none
   */
  Transition leave(Exit exit, Scope scope, JsonNode defaultOutput) throws StateError {
    Map<String, JsonNode> assigned = new HashMap<>();
    for (Map.Entry<String, Template> variable : exit.assign().entrySet()) {
      JsonNode value = variable.getValue().evaluate(scope);
      assigned.put(
          variable.getKey(), PayloadLimit.require(value, "The variable " + variable.getKey()));
    }
    JsonNode output = exit.output().isEmpty() ? defaultOutput : exit.output().get().evaluate(scope);
    PayloadLimit.require(output, "The output of " + state.name());
    execution.assign(assigned);
    return new Transition(exit.next(), output);
  }

  /**
   * Runs attempts until one succeeds, and leaves by {@code exit}; or leaves by the catcher of the
   * error that is not retried.
   */
  Transition recovering(Recovery recovery, Exit exit, Attempt attempt)
      throws StateError, InterruptedException {
    Retries retries = new Retries(recovery.retriers());
    while (true) {
      try {
        Scope scope = scope();
        JsonNode result = attempt.run(scope);
        return leave(exit, scope.with("result", result), result);
      } catch (StateError error) {
        execution.requireGoingOn();
        Optional<Duration> delay = retries.next(error, ports().random());
        if (delay.isEmpty()) {
          return leaveWith(error, recovery);
        }
        retryCount++;
        ports()
            .listener()
            .retryScheduled(
                execution.identity().name(), state.name(), error.error(), retryCount, delay.get());
        sleep(delay.get());
      }
    }
  }

  private Transition leaveWith(StateError error, Recovery recovery) throws StateError {
    Optional<Catcher> catcher = recovery.catcherOf(error);
    if (catcher.isEmpty()) {
      throw error;
    }
    JsonNode errorOutput =
        JsonNodeFactory.instance
            .objectNode()
            .put("Error", error.error())
            .put("Cause", error.explanation());
    return leave(catcher.get().exit(), scope().with("errorOutput", errorOutput), errorOutput);
  }
}
