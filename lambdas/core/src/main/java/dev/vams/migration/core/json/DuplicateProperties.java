package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds properties that one object has twice. JSON allows them and a tree silently keeps the last,
 * which in a long mapping is rarely the one that was meant.
 */
final class DuplicateProperties {

  private DuplicateProperties() {}

  static void refuse(JsonParser parser, Problems problems) throws IOException {
    Deque<Set<String>> namesOfOpenObjects = new ArrayDeque<>();
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        namesOfOpenObjects.push(new HashSet<>());
      } else if (token == JsonToken.END_OBJECT) {
        namesOfOpenObjects.pop();
      } else if (token == JsonToken.FIELD_NAME
          && !namesOfOpenObjects.getFirst().add(parser.currentName())) {
        problems.add(
            JsonPath.of(parser.getParsingContext()),
            "the property %s is there a second time, in line %s"
                .formatted(
                    Quoted.text(parser.currentName()), parser.currentTokenLocation().getLineNr()),
            "Keep one of the two.");
      }
    }
  }
}
