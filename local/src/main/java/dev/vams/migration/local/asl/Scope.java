package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an expression can see: {@code $states} and the workflow's variables. Confined to one thread
 * at a time.
 */
final class Scope {

  private final Map<String, JsonNode> variables;
  private final Map<String, JsonNode> states;
  private Map<String, Object> bindings;

  private Scope(Map<String, JsonNode> variables, Map<String, JsonNode> states) {
    this.variables = variables;
    this.states = states;
  }

  static Scope of(Map<String, JsonNode> variables, JsonNode input, JsonNode context) {
    return new Scope(Map.copyOf(variables), Map.of("input", input, "context", context));
  }

  /** The same with one more member of {@code $states}: {@code result} or {@code errorOutput}. */
  Scope with(String member, JsonNode value) {
    Map<String, JsonNode> extended = new LinkedHashMap<>(states);
    extended.put(member, value);
    return new Scope(variables, extended);
  }

  /**
   * The values by variable name, in the JSONata library's form; translated once, when first needed.
   */
  Map<String, Object> bindings() {
    if (bindings == null) {
      Map<String, Object> values = new LinkedHashMap<>();
      variables.forEach((name, value) -> values.put(name, JsonataValues.fromJson(value)));
      ObjectNode reserved = JsonNodeFactory.instance.objectNode();
      reserved.setAll(states);
      values.put("states", JsonataValues.fromJson(reserved));
      bindings = values;
    }
    return bindings;
  }
}
