package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads one object of a definition. A field that nobody has asked for when {@link
 * #refuseOtherFields()} is called is one that this package does not know.
 *
 * <p>Problems are reported, not thrown, so that reading goes on; a field with a problem yields a
 * stand-in value.
 */
final class DefinitionObject {

  private final ObjectNode fields;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new HashSet<>();

  DefinitionObject(JsonNode node, String path, Problems problems) {
    this.path = path;
    this.problems = problems;
    if (node instanceof ObjectNode object) {
      fields = object;
    } else {
      fields = JsonNodeFactory.instance.objectNode();
      problems.add(path, "must be an object, but is " + node);
    }
  }

  String path() {
    return path;
  }

  String pathOf(String field) {
    return path + "." + field;
  }

  void problem(String field, String problem) {
    problems.add(pathOf(field), problem);
  }

  boolean has(String field) {
    return fields.has(field);
  }

  Optional<JsonNode> optional(String field) {
    known.add(field);
    return Optional.ofNullable(fields.get(field));
  }

  private JsonNode required(String field) {
    Optional<JsonNode> value = optional(field);
    if (value.isEmpty()) {
      problems.add(path, "the field " + field + " is missing");
    }
    return value.orElse(JsonNodeFactory.instance.missingNode());
  }

  Optional<String> optionalText(String field) {
    return optional(field).map(value -> text(field, value));
  }

  String text(String field) {
    JsonNode value = required(field);
    return value.isMissingNode() ? "" : text(field, value);
  }

  private String text(String field, JsonNode value) {
    if (!value.isTextual() || value.textValue().isEmpty()) {
      problem(field, "must be a string that is not empty, but is " + value);
      return "";
    }
    return value.textValue();
  }

  /** A required text that must be one of a few. */
  void oneOf(String field, String... accepted) {
    String value = text(field);
    if (!value.isEmpty() && !List.of(accepted).contains(value)) {
      problem(field, "must be " + String.join(" or ", accepted) + ", but is " + value);
    }
  }

  /** A required {@code arn:<partition>:states:::<integration>}. */
  void resource(String integration) {
    String resource = text("Resource");
    if (!resource.isEmpty() && !resource.matches("arn:[^:]+:states:::" + integration)) {
      problem(
          "Resource", "must be arn:<partition>:states:::" + integration + ", but is " + resource);
    }
  }

  boolean isTrue(String field) {
    Optional<JsonNode> value = optional(field);
    if (value.isPresent() && !value.get().isBoolean()) {
      problem(field, "must be true or false, but is " + value.get());
    }
    return value.map(JsonNode::booleanValue).orElse(false);
  }

  Optional<JsonNode> optionalNumber(String field, NumberRange range) {
    Optional<JsonNode> value = optional(field);
    Optional<String> problem = value.flatMap(range::problemOf);
    problem.ifPresent(text -> problem(field, text));
    return problem.isPresent() ? Optional.empty() : value;
  }

  Optional<Duration> optionalSeconds(String field, long minimum) {
    return optionalNumber(field, NumberRange.whole(minimum, NumberRange.LARGEST))
        .map(seconds -> Duration.ofSeconds(seconds.longValue()));
  }

  /** A number that may be an expression. */
  Optional<NumberTemplate> optionalNumberTemplate(String field, NumberRange range) {
    return optionalTemplate(field)
        .map(
            template -> {
              if (template instanceof Template.Literal literal) {
                range.problemOf(literal.value()).ifPresent(problem -> problem(field, problem));
              }
              return new NumberTemplate(pathOf(field), template, range);
            });
  }

  Optional<Template> optionalTemplate(String field) {
    return optional(field).map(value -> Template.compile(value, pathOf(field), problems));
  }

  Template template(String field) {
    JsonNode value = required(field);
    return value.isMissingNode()
        ? new Template.Literal(value)
        : Template.compile(value, pathOf(field), problems);
  }

  /** A string that may be an expression. */
  Template textTemplate(String field) {
    JsonNode value = required(field);
    if (!value.isMissingNode()) {
      text(field, value);
    }
    return value.isMissingNode()
        ? new Template.Literal(value)
        : Template.compile(value, pathOf(field), problems);
  }

  Optional<Template> optionalTextTemplate(String field) {
    return has(field) ? Optional.of(textTemplate(field)) : Optional.empty();
  }

  /** A required object, read by {@code reader}, which fields of it nobody else may have. */
  <T> T object(String field, Function<DefinitionObject, T> reader) {
    JsonNode value = required(field);
    // A missing object was reported already: its fields are not to be reported one by one as well.
    Problems heard = value.isMissingNode() ? new Problems() : problems;
    return read(value, pathOf(field), heard, reader);
  }

  /** An optional array of objects; {@code required} arrays have at least one. */
  <T> List<T> objects(String field, boolean required, Function<DefinitionObject, T> reader) {
    JsonNode array =
        required ? required(field) : optional(field).orElse(JsonNodeFactory.instance.arrayNode());
    if (array.isMissingNode()) {
      return List.of();
    }
    if (!array.isArray() || (array.isEmpty() && has(field))) {
      problem(field, "must be an array that is not empty, but is " + array);
      return List.of();
    }
    return IntStream.range(0, array.size())
        .mapToObj(
            index -> read(array.get(index), pathOf(field) + "[" + index + "]", problems, reader))
        .toList();
  }

  /** Each field of a required object, read by {@code reader} with its name. */
  <T> Map<String, T> named(String field, BiFunction<String, DefinitionObject, T> reader) {
    JsonNode object = required(field);
    Map<String, T> read = new LinkedHashMap<>();
    if (object.isMissingNode()) {
      return read;
    }
    if (!object.isObject() || object.isEmpty()) {
      problem(field, "must be an object that is not empty, but is " + object);
      return read;
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      read.put(
          name,
          read(
              entry.getValue(),
              pathOf(field) + "." + name,
              problems,
              value -> reader.apply(name, value)));
    }
    return read;
  }

  private static <T> T read(
      JsonNode node, String path, Problems problems, Function<DefinitionObject, T> reader) {
    DefinitionObject object = new DefinitionObject(node, path, problems);
    T value = reader.apply(object);
    object.refuseOtherFields();
    return value;
  }

  void refuseOtherFields() {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (!known.contains(field.getKey())) {
        problem(field.getKey(), "the field " + field.getKey() + " is not supported here");
      }
    }
  }
}
