package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value of a definition in which any string, at any depth, may be an expression. Immutable
 * and thread-safe.
 */
sealed interface Template {

  /**
   * The value with every expression replaced by what it evaluates to. The caller must not change
   * it.
   */
  JsonNode evaluate(Scope scope) throws StateError;

  /**
   * Reports expressions that cannot be compiled to {@code problems} and stands them in by their
   * text.
   */
  static Template compile(JsonNode value, String path, Problems problems) {
    if (value.isObject()) {
      Map<String, Template> fields = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        fields.put(
            field.getKey(), compile(field.getValue(), path + "." + field.getKey(), problems));
      }
      return new Fields(fields);
    }
    if (value.isArray()) {
      List<Template> elements = new ArrayList<>();
      for (int index = 0; index < value.size(); index++) {
        elements.add(compile(value.get(index), path + "[" + index + "]", problems));
      }
      return new Elements(elements);
    }
    if (value.isTextual() && Expression.isExpression(value.textValue())) {
      try {
        return new Computed(Expression.compile(value.textValue(), path));
      } catch (IllegalArgumentException e) {
        problems.add(path, e.getMessage());
      }
    }
    return new Literal(value);
  }

  /** The value as a text; {@code field} names it in the error. */
  default String evaluateText(Scope scope, String field) throws StateError {
    JsonNode value = evaluate(scope);
    if (!value.isTextual()) {
      throw new StateError(
          StateError.QUERY_EVALUATION, field + " must be a string, but is " + value);
    }
    return value.textValue();
  }

  /** A value without expressions. */
  record Literal(JsonNode value) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }
  }

  /** An expression. */
  record Computed(Expression expression) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) throws StateError {
      return expression.evaluate(scope);
    }
  }

  /** An object. */
  record Fields(Map<String, Template> fields) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) throws StateError {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, Template> field : fields.entrySet()) {
        object.set(field.getKey(), field.getValue().evaluate(scope));
      }
      return object;
    }
  }

  /** An array. */
  record Elements(List<Template> elements) implements Template {
    @Override
    public JsonNode evaluate(Scope scope) throws StateError {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
      for (Template element : elements) {
        array.add(element.evaluate(scope));
      }
      return array;
    }
  }
}
