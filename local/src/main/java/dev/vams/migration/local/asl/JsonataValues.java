package dev.vams.migration.local.asl;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates between JSON and the values of the JSONata library: {@code Map}, {@code List}, {@code
 * String}, {@code Number}, {@code Boolean}. There a Java null means undefined and a JSON null is
 * {@link Jsonata#NULL_VALUE}.
 */
final class JsonataValues {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonataValues() {}

  static Object fromJson(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          object.put(field.getKey(), fromJson(field.getValue()));
        }
        yield object;
      }
      case ARRAY -> {
        List<Object> array = new ArrayList<>(node.size());
        for (JsonNode element : node) {
          array.add(fromJson(element));
        }
        yield array;
      }
      case STRING -> node.textValue();
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      case NULL -> Jsonata.NULL_VALUE;
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("Not a JSON value: " + node.getNodeType());
    };
  }

  /**
   * @throws IllegalArgumentException if the value has no JSON form, as a function or an infinite
   *     number has none
   */
  static JsonNode toJson(Object value) {
    if (value == Jsonata.NULL_VALUE) {
      return JSON.nullNode();
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      map.forEach((name, field) -> object.set((String) name, toJson(field)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.arrayNode(list.size());
      list.forEach(element -> array.add(toJson(element)));
      return array;
    }
    if (value instanceof String text) {
      return JSON.textNode(text);
    }
    if (value instanceof Boolean bool) {
      return JSON.booleanNode(bool);
    }
    if (value instanceof Number number) {
      return toJson(number);
    }
    throw new IllegalArgumentException(
        "it evaluates to a function or to undefined, which is no JSON value");
  }

  private static JsonNode toJson(Number number) {
    if (number instanceof Integer integer) {
      return JSON.numberNode(integer);
    }
    if (number instanceof Long integer) {
      return JSON.numberNode(integer);
    }
    if (number instanceof BigInteger integer) {
      return JSON.numberNode(integer);
    }
    if (number instanceof BigDecimal decimal) {
      return JSON.numberNode(decimal);
    }
    double decimal = number.doubleValue();
    if (!Double.isFinite(decimal)) {
      throw new IllegalArgumentException(
          "it evaluates to the number " + decimal + ", which is no JSON value");
    }
    return JSON.numberNode(decimal);
  }
}
