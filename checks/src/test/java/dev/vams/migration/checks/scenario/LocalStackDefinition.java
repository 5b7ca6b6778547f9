package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The workflow's definition in words that LocalStack 4.14.0 knows. All it does not know is about
 * how a Distributed Map gets its items and leaves its results; all else stays as it is. The local
 * engine runs the definition without a change.
 */
final class LocalStackDefinition {
  private static final Path DEFINITION = Path.of("..", "statemachine", "migration.asl.json");
  private static final String READ = "Read";
  private static final String TOLERATED = "ToleratedFailurePercentage";

  private final ObjectMapper mapper = new ObjectMapper();
  private final ObjectNode definition;

  private LocalStackDefinition(ObjectNode definition) {
    this.definition = definition;
  }

  static JsonNode read() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    LocalStackDefinition rewritten =
        new LocalStackDefinition((ObjectNode) mapper.readTree(DEFINITION.toFile()));
    rewritten.rewrite();
    return rewritten.definition;
  }

  private void rewrite() {
    ObjectNode states = (ObjectNode) definition.get("States");
    Map<String, ObjectNode> maps = new LinkedHashMap<>();
    states
        .properties()
        .forEach(
            state -> {
              if (state.getValue().has("ItemReader")) {
                maps.put(state.getKey(), (ObjectNode) state.getValue());
              }
            });
    maps.keySet().forEach(name -> redirect(definition, name));
    maps.forEach(
        (name, map) -> {
          states.set(READ + name, readItems(name, map));
          rewrite(map);
        });
  }

  private static void rewrite(ObjectNode map) {
    map.remove("ItemReader");
    map.put("Items", "{% $items %}");
    // It knows a result writer's Parameters, but not its Arguments; nobody reads the results.
    map.remove("ResultWriter");
    // It takes no whole number: "no viable alternative at input
    // '"ToleratedFailurePercentage":100'".
    if (map.has(TOLERATED)) {
      map.put(TOLERATED, map.get(TOLERATED).asDouble());
    }
  }

  /**
   * "'JSONL' is not a valid InputTypeValue": so a state before the map reads the lines. They fit a
   * state's limit of 256 KiB only because the sample is small.
   */
  private ObjectNode readItems(String name, ObjectNode map) {
    ObjectNode read = mapper.createObjectNode();
    read.put("Type", "Task");
    read.put("Resource", "arn:${Partition}:states:::aws-sdk:s3:getObject");
    read.set("Arguments", map.at("/ItemReader/Arguments"));
    read.putObject("Assign")
        .put(
            "items",
            "{% [$map($split($states.result.Body, '\\n')[$length($) > 0],"
                + " function($line) { $parse($line) })] %}");
    read.put("Output", "{% $states.input %}");
    read.put("Next", name);
    return read;
  }

  /** Lets whatever led to a map lead to the state before it. */
  private static void redirect(JsonNode node, String map) {
    if (node instanceof ObjectNode object) {
      for (String field : new String[] {"Next", "Default", "StartAt"}) {
        if (object.path(field).asText().equals(map)) {
          object.set(field, TextNode.valueOf(READ + map));
        }
      }
    }
    node.forEach(child -> redirect(child, map));
  }
}
