package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A definition that was checked and can be run any number of times. Immutable and thread-safe.
 *
 * <p>The subset: the state types Task (of {@code lambda:invoke}), Choice, Map (distributed, over a
 * JSONL object, with a result writer; or inline, over an array), Pass, Wait, Succeed and Fail, in
 * JSONata. Not in it: JSONPath, Parallel, distributed Maps within Maps, HeartbeatSeconds, {@code
 * TimeoutSeconds} as an expression, and the JSONata functions that would read a clock or draw a
 * random number.
 */
public final class StateMachine {

  private final String name;
  private final Workflow workflow;
  private final Optional<Duration> timeout;

  StateMachine(String name, Workflow workflow, Optional<Duration> timeout) {
    this.name = name;
    this.workflow = workflow;
    this.timeout = timeout;
  }

  /**
   * Loads a definition.
   *
   * @param name what {@code $states.context.StateMachine.Name} says
   * @param definition is not changed
   * @param substitutions the value for every <code>${Name}</code> placeholder in the definition's
   *     strings, by name
   * @throws InvalidDefinitionException if anything in the definition is wrong or unknown here, if a
   *     placeholder has no substitution or a substitution no placeholder; lists every problem
   */
  public static StateMachine load(
      String name, JsonNode definition, Map<String, String> substitutions) {
    Problems problems = new Problems();
    JsonNode replaced = Placeholders.replace(definition, substitutions, problems);
    StateMachine machine = new DefinitionReader(problems).machine(name, replaced);
    problems.throwIfAny();
    return machine;
  }

  public String name() {
    return name;
  }

  Workflow workflow() {
    return workflow;
  }

  Optional<Duration> timeout() {
    return timeout;
  }
}
