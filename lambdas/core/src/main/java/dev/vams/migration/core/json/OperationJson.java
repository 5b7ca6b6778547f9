package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.vams.migration.core.plan.Operation;
import java.io.IOException;

/** Operations in the form that they have in a schema. */
final class OperationJson {
  private OperationJson() {}

  static final class Serializer extends JsonSerializer<Operation> {
    @Override
    public void serialize(Operation operation, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeTree(OperationWriter.write(operation));
    }
  }

  static final class Deserializer extends JsonDeserializer<Operation> {
    @Override
    public Operation deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode node = context.readTree(parser);
      Problems problems = new Problems();
      return new OperationReader(problems)
          .read(node)
          .orElseThrow(() -> JsonMappingException.from(parser, problems.toList().get(0).line()));
    }
  }
}
