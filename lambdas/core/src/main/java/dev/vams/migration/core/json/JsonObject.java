package dev.vams.migration.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * One object of the document, and its place. A property that is missing or of the wrong type is
 * reported once, when it is read, and then read as empty.
 *
 * <p>The {@code meaning} that the methods take completes "Write ..." in the message: what belongs
 * there, and an example.
 */
final class JsonObject {

  private final JsonNode node;
  private final String path;
  private final Problems problems;

  private JsonObject(JsonNode node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** Reads a value as an object that has no other properties than the given ones. */
  static Optional<JsonObject> read(
      JsonNode value, String path, String meaning, List<String> properties, Problems problems) {
    if (!value.isObject()) {
      wrongType(value, path, "an object", meaning, problems);
      return Optional.empty();
    }
    JsonObject object = new JsonObject(value, path, problems);
    object.refuseAllBut(properties);
    return Optional.of(object);
  }

  String pathOf(String name) {
    return JsonPath.property(path, name);
  }

  boolean has(String name) {
    return node.has(name);
  }

  boolean isEmptyListOrAbsent(String name) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || (value.isArray() && value.isEmpty());
  }

  /** A string that must be there. */
  Optional<String> text(String name, String meaning) {
    return isMissing(name, meaning) ? Optional.empty() : optionalText(name, meaning);
  }

  /** A string that may be absent. */
  Optional<String> optionalText(String name, String meaning) {
    return optional(name, meaning, "a string", JsonNode::isTextual).map(JsonNode::textValue);
  }

  /** True or false, that may be absent. */
  Optional<Boolean> optionalTruth(String name, String meaning) {
    return optional(name, meaning, "true or false", JsonNode::isBoolean)
        .map(JsonNode::booleanValue);
  }

  private Optional<JsonNode> optional(
      String name, String meaning, String expected, Predicate<JsonNode> isExpected) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!isExpected.test(value)) {
      wrongType(value, pathOf(name), expected, meaning, problems);
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /** A whole number in a range, that may be absent. */
  Optional<Integer> optionalWholeNumber(String name, int least, int most, String meaning) {
    return optional(
            name,
            meaning,
            "a whole number",
            value -> value.isNumber() && value.canConvertToExactIntegral())
        .filter(value -> isInRange(value, name, least, most, meaning))
        .map(JsonNode::intValue);
  }

  private boolean isInRange(JsonNode value, String name, int least, int most, String meaning) {
    if (value.canConvertToInt() && value.intValue() >= least && value.intValue() <= most) {
      return true;
    }
    problems.add(
        pathOf(name),
        value.asText() + " is out of range",
        "Write " + meaning + ", " + least + " to " + most + ".");
    return false;
  }

  /** A value of any type that must be there. */
  Optional<JsonNode> any(String name, String meaning) {
    return isMissing(name, meaning) ? Optional.empty() : Optional.of(node.get(name));
  }

  /** A value of any type that may be absent. */
  Optional<JsonNode> optionalAny(String name) {
    return Optional.ofNullable(node.get(name));
  }

  /** An object that must be there. */
  Optional<JsonObject> object(String name, String meaning, List<String> properties) {
    return isMissing(name, meaning) ? Optional.empty() : optionalObject(name, meaning, properties);
  }

  /** An object that may be absent. */
  Optional<JsonObject> optionalObject(String name, String meaning, List<String> properties) {
    JsonNode value = node.path(name);
    return value.isMissingNode()
        ? Optional.empty()
        : read(value, pathOf(name), meaning, properties, problems);
  }

  /** A list of objects that may be absent; elements of another type are left out. */
  List<JsonObject> optionalObjects(String name, String meaning, List<String> properties) {
    JsonNode list = node.path(name);
    if (!list.isMissingNode() && !list.isArray()) {
      wrongType(list, pathOf(name), "a list", "a list, each element " + meaning, problems);
    }
    List<JsonObject> objects = new ArrayList<>();
    for (int index = 0; list.isArray() && index < list.size(); index++) {
      String place = JsonPath.element(pathOf(name), index);
      read(list.get(index), place, meaning, properties, problems).ifPresent(objects::add);
    }
    return objects;
  }

  /**
   * A list of strings that may be absent; elements of another type are left out.
   *
   * @param reader takes each element's place and text
   */
  void optionalTexts(String name, String meaning, BiConsumer<String, String> reader) {
    JsonNode list = node.path(name);
    if (!list.isMissingNode() && !list.isArray()) {
      wrongType(list, pathOf(name), "a list", "a list, each element " + meaning, problems);
    }
    for (int index = 0; list.isArray() && index < list.size(); index++) {
      String place = JsonPath.element(pathOf(name), index);
      if (list.get(index).isTextual()) {
        reader.accept(place, list.get(index).textValue());
      } else {
        wrongType(list.get(index), place, "a string", meaning, problems);
      }
    }
  }

  private boolean isMissing(String name, String meaning) {
    if (has(name)) {
      return false;
    }
    problems.add(
        pathOf(name), Quoted.text(name) + " is missing", "Add it and write " + meaning + ".");
    return true;
  }

  private void refuseAllBut(List<String> properties) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!properties.contains(name)) {
                problems.add(
                    pathOf(name),
                    "the property " + Quoted.text(name) + " is unknown",
                    Suggestion.closest(name, properties)
                        .map(meant -> "Did you mean " + Quoted.text(meant) + "?")
                        .orElse(
                            "Remove it; the properties here are " + Quoted.list(properties) + "."));
              }
            });
  }

  private static void wrongType(
      JsonNode value, String path, String expected, String meaning, Problems problems) {
    problems.add(
        path, "expected " + expected + ", found " + Quoted.value(value), "Write " + meaning + ".");
  }
}
