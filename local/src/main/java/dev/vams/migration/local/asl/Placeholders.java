package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the {@code ${Name}} placeholders of a definition, as a deployment does. */
final class Placeholders {

  /** A name is required, so that JSONata's own <code>${</code>, which groups, is left alone. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_]*)}");

  private final Map<String, String> substitutions;
  private final Problems problems;
  private final Set<String> used = new TreeSet<>();

  private Placeholders(Map<String, String> substitutions, Problems problems) {
    this.substitutions = substitutions;
    this.problems = problems;
  }

  static JsonNode replace(
      JsonNode definition, Map<String, String> substitutions, Problems problems) {
    Placeholders placeholders = new Placeholders(substitutions, problems);
    JsonNode replaced = placeholders.replaceIn(definition, "$");
    Set<String> unused = new TreeSet<>(substitutions.keySet());
    unused.removeAll(placeholders.used);
    for (String name : unused) {
      problems.add(
          "$",
          "the substitution '" + name + "' has no placeholder ${" + name + "} in the definition");
    }
    return replaced;
  }

  private JsonNode replaceIn(JsonNode node, String path) {
    if (node.isTextual()) {
      return TextNode.valueOf(replaceIn(node.textValue(), path));
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (int index = 0; index < node.size(); index++) {
        array.add(replaceIn(node.get(index), path + "[" + index + "]"));
      }
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        object.set(field.getKey(), replaceIn(field.getValue(), path + "." + field.getKey()));
      }
      return object;
    }
    return node;
  }

  private String replaceIn(String text, String path) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(match -> Matcher.quoteReplacement(valueOf(match.group(1), path)));
  }

  private String valueOf(String name, String path) {
    String value = substitutions.get(name);
    if (value == null) {
      problems.add(path, "the placeholder ${" + name + "} has no substitution");
      return "${" + name + "}";
    }
    used.add(name);
    return value;
  }
}
