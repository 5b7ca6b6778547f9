package dev.vams.migration.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.stream.Collectors;

/** Shows a user what the document says, short enough for one line. */
final class Quoted {

  /** Long enough for every bucket name, short enough for a line of a terminal. */
  private static final int LONGEST = 80;

  private Quoted() {}

  static String text(String value) {
    String shown = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
    return '"' + shown.replace("\n", "\\n").replace("\r", "\\r") + '"';
  }

  static String list(Collection<String> values) {
    return values.stream().map(Quoted::text).collect(Collectors.joining(", "));
  }

  static String value(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "the string " + text(value.textValue());
      case NUMBER -> "the number " + value.asText();
      case BOOLEAN -> value.asText();
      case NULL -> "null";
      case OBJECT, POJO -> "an object";
      case ARRAY -> "a list";
      case BINARY -> "bytes";
      case MISSING -> "nothing";
    };
  }
}
