package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.core.journal.ChildExecution;
import java.io.IOException;

/**
 * A child workflow as Step Functions describes it. The description is not ours, so what it has
 * besides is of no interest, and a child that was stopped from outside has no error.
 */
final class ChildExecutionJson extends JsonDeserializer<ChildExecution> {
  private final ObjectMapper plain = new ObjectMapper();

  @Override
  public ChildExecution deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode node = context.readTree(parser);
    if (!node.path("Input").isTextual()) {
      throw JsonMappingException.from(parser, "a child workflow has no input");
    }
    return new ChildExecution(
        node.get("Input").textValue(),
        node.path("Status").asText("FAILED"),
        node.path("Error").asText(""),
        message(node.path("Cause").asText("")));
  }

  /**
   * The cause of a function's error is its message with the stack trace, as JSON (<a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Lambda function errors
   * in Java</a>); any other cause is plain text.
   */
  private String message(String cause) {
    try {
      return plain.readTree(cause).path("errorMessage").asText(cause);
    } catch (JsonProcessingException plainText) {
      return cause;
    }
  }
}
