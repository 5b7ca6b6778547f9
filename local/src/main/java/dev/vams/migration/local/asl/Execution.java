package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a workflow, with its variables: an execution, or an iteration of an inline Map.
 * Confined to one thread.
 */
final class Execution {

  private final Identity identity;
  private final Workflow workflow;
  private final JsonNode input;
  private final Ports ports;
  private final Limits limits;
  private final Optional<Instant> deadline;
  private final Instant start;
  private final ObjectNode context;
  private final Map<String, JsonNode> variables = new HashMap<>();

  Execution(
      Identity identity,
      Workflow workflow,
      JsonNode input,
      Ports ports,
      Limits limits,
      Optional<Instant> deadline) {
    this.identity = identity;
    this.workflow = workflow;
    this.input = input;
    this.ports = ports;
    this.limits = limits;
    this.deadline = deadline;
    this.start = ports.clock().instant();
    this.context = contextOfExecution();
  }

  private Execution(Execution whole, Workflow workflow, JsonNode input, ObjectNode context) {
    this.identity = whole.identity;
    this.workflow = workflow;
    this.input = input;
    this.ports = whole.ports;
    this.limits = whole.limits;
    this.deadline = whole.deadline;
    this.start = whole.start;
    this.context = context;
    variables.putAll(whole.variables);
  }

  /** A run of its own, which sees nothing of this one but has to end as early. */
  Execution child(Identity childIdentity, Workflow childWorkflow, JsonNode childInput) {
    return new Execution(childIdentity, childWorkflow, childInput, ports, limits, deadline);
  }

  /** A run within this one: it sees the variables, and what it assigns is its own. */
  Execution iteration(Workflow states, JsonNode stateInput, long index, JsonNode item) {
    return new Execution(this, states, stateInput, withItem(context(), index, item));
  }

  /** The context with the item that a Map is at. */
  static ObjectNode withItem(ObjectNode context, long index, JsonNode item) {
    context.putObject("Map").putObject("Item").put("Index", index).set("Value", item);
    return context;
  }

  ExecutionResult run() throws InterruptedException {
    try {
      return new ExecutionResult.Succeeded(output());
    } catch (StateError e) {
      return new ExecutionResult.Failed(e.error(), e.explanation());
    }
  }

  /**
   * Runs to the end.
   *
   * @throws StateError if it fails
   */
  JsonNode output() throws StateError, InterruptedException {
    Transition transition =
        new Transition(
            Optional.of(workflow.startAt()),
            PayloadLimit.require(input, "The input of " + identity.name()));
    while (transition.next().isPresent()) {
      requireGoingOn();
      State state = workflow.states().get(transition.next().get());
      ports.listener().stateEntered(identity.name(), state.name());
      transition = state.enter(new Visit(this, state, transition.output()));
    }
    return transition.output();
  }

  /**
   * @throws InterruptedException if this thread was interrupted
   * @throws StateError States.Timeout, which cannot be caught, if the machine's time is over
   */
  void requireGoingOn() throws StateError, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (isOverdue()) {
      throw StateError.endingRun(
          StateError.TIMEOUT, "The execution took longer than the machine's TimeoutSeconds");
    }
  }

  boolean isOverdue() {
    return deadline.isPresent() && ports.clock().instant().isAfter(deadline.get());
  }

  /** Sleeps for a time, but not long past the deadline. */
  void sleep(Duration duration) throws InterruptedException {
    Duration left =
        deadline
            .map(end -> Duration.between(ports.clock().instant(), end).plusMillis(1))
            .orElse(duration);
    ports.sleeper().sleep(left.compareTo(duration) < 0 ? left : duration);
  }

  /** The part of {@code $states.context} that is the same in every state. */
  ObjectNode context() {
    return context.deepCopy();
  }

  private ObjectNode contextOfExecution() {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole
        .putObject("Execution")
        .put("Id", identity.id())
        .put("Name", identity.name())
        .put("StartTime", start.toString())
        .set("Input", input);
    whole.putObject("StateMachine").put("Id", identity.machineId()).put("Name", identity.machine());
    return whole;
  }

  Map<String, JsonNode> variables() {
    return Map.copyOf(variables);
  }

  void assign(Map<String, JsonNode> values) {
    variables.putAll(values);
  }

  Identity identity() {
    return identity;
  }

  JsonNode input() {
    return input;
  }

  Instant start() {
    return start;
  }

  Ports ports() {
    return ports;
  }

  Limits limits() {
    return limits;
  }
}
