package dev.vams.migration.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Values in DynamoDB's JSON form, such as {@code {"S":"x1"}} (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html">data
 * type descriptors</a>). Binary values are in Base64.
 */
public final class ValueJson {

  /**
   * What a number may have (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">data
   * types</a>).
   */
  private static final int MOST_DIGITS = 38;

  private static final int SMALLEST_MAGNITUDE = -130;
  private static final int LARGEST_MAGNITUDE = 125;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ValueJson() {}

  /** The item, each of its values in that form. */
  public static ObjectNode write(Item item) {
    return write(item.attributes());
  }

  /** The value in that form. */
  public static ObjectNode write(Value value) {
    ObjectNode typed = NODES.objectNode();
    if (value instanceof Value.Text text) {
      typed.put("S", text.text());
    } else if (value instanceof Value.Numeric number) {
      typed.put("N", number.text());
    } else if (value instanceof Value.Binary binary) {
      typed.put("B", binary.bytes());
    } else if (value instanceof Value.Flag flag) {
      typed.put("BOOL", flag.value());
    } else if (value instanceof Value.Null) {
      typed.put("NULL", true);
    } else if (value instanceof Value.TextSet set) {
      set.texts().forEach(typed.putArray("SS")::add);
    } else if (value instanceof Value.NumericSet set) {
      set.texts().forEach(typed.putArray("NS")::add);
    } else if (value instanceof Value.BinarySet set) {
      ArrayNode members = typed.putArray("BS");
      set.binaries().forEach(binary -> members.add(binary.bytes()));
    } else if (value instanceof Value.ListOf list) {
      ArrayNode elements = typed.putArray("L");
      list.elements().forEach(element -> elements.add(write(element)));
    } else if (value instanceof Value.MapOf map) {
      typed.set("M", write(map.entries()));
    } else {
      throw new IllegalArgumentException("a value without a type");
    }
    return typed;
  }

  private static ObjectNode write(Map<String, Value> entries) {
    ObjectNode object = NODES.objectNode();
    entries.forEach((name, value) -> object.set(name, write(value)));
    return object;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException with a message for people when it is not in that form
   */
  public static Value read(JsonNode typed) {
    if (!typed.isObject() || typed.size() != 1) {
      throw new IllegalArgumentException(
          "a value is an object with its type, such as {\"S\": \"text\"}, not "
              + Quoted.value(typed));
    }
    String type = typed.fieldNames().next();
    JsonNode content = typed.get(type);
    return switch (type) {
      case "S" -> new Value.Text(text(type, content));
      case "N" -> new Value.Numeric(number(type, content));
      case "B" -> binary(type, content);
      case "BOOL" -> {
        require(content.isBoolean(), type, "true or false", content);
        yield new Value.Flag(content.booleanValue());
      }
      case "NULL" -> {
        require(content.isBoolean() && content.booleanValue(), type, "true", content);
        yield new Value.Null();
      }
      case "SS" -> new Value.TextSet(members(content, type, member -> text(type, member)));
      case "NS" -> {
        Set<String> numbers = members(content, type, member -> number(type, member));
        long different =
            numbers.stream()
                .map(text -> new BigDecimal(text).stripTrailingZeros())
                .distinct()
                .count();
        require(different == numbers.size(), type, "members that are different", content);
        yield new Value.NumericSet(numbers);
      }
      case "BS" -> new Value.BinarySet(members(content, type, member -> binary(type, member)));
      case "L" -> {
        require(content.isArray(), type, "a list of values", content);
        List<Value> elements = new ArrayList<>();
        content.forEach(element -> elements.add(read(element)));
        yield new Value.ListOf(elements);
      }
      case "M" -> {
        require(content.isObject(), type, "an object whose properties are values", content);
        yield new Value.MapOf(entries(content));
      }
      default ->
          throw new IllegalArgumentException(
              Quoted.text(type)
                  + " is no type of DynamoDB: these are S, N, B, BOOL, NULL, SS, NS, BS, L and M");
    };
  }

  /**
   * Reads an item.
   *
   * @throws IllegalArgumentException when a value is not in that form
   */
  static Item readItem(JsonNode object) {
    require(object.isObject(), "an item", "an object", object);
    return new Item(entries(object));
  }

  private static Map<String, Value> entries(JsonNode object) {
    Map<String, Value> entries = new LinkedHashMap<>();
    object.properties().forEach(entry -> entries.put(entry.getKey(), read(entry.getValue())));
    return entries;
  }

  private static String text(String type, JsonNode content) {
    require(content.isTextual(), type, "a string", content);
    return content.textValue();
  }

  private static String number(String type, JsonNode content) {
    require(content.isTextual(), type, "a number in quotation marks", content);
    try {
      BigDecimal number = new BigDecimal(content.textValue());
      BigDecimal plain = number.stripTrailingZeros();
      int magnitude = plain.precision() - plain.scale() - 1;
      require(
          plain.precision() <= MOST_DIGITS
              && (plain.signum() == 0
                  || (magnitude >= SMALLEST_MAGNITUDE && magnitude <= LARGEST_MAGNITUDE)),
          type,
          "a number of up to 38 digits, 1E-130 to 9.9E+125",
          content);
      return content.textValue();
    } catch (NumberFormatException e) {
      throw wrong(type, "a number in quotation marks", content);
    }
  }

  private static Value.Binary binary(String type, JsonNode content) {
    require(content.isTextual() || content.isBinary(), type, "bytes in Base64", content);
    try {
      return new Value.Binary(content.binaryValue());
    } catch (IOException e) {
      throw wrong(type, "bytes in Base64", content);
    }
  }

  private static <T> Set<T> members(JsonNode content, String type, Function<JsonNode, T> reader) {
    require(content.isArray() && !content.isEmpty(), type, "a list that is not empty", content);
    Set<T> members = new LinkedHashSet<>();
    content.forEach(member -> members.add(reader.apply(member)));
    require(members.size() == content.size(), type, "members that are different", content);
    return members;
  }

  private static void require(boolean isRight, String type, String expected, JsonNode found) {
    if (!isRight) {
      throw wrong(type, expected, found);
    }
  }

  private static IllegalArgumentException wrong(String type, String expected, JsonNode found) {
    return new IllegalArgumentException(
        "%s wants %s, found %s".formatted(type, expected, Quoted.value(found)));
  }
}
