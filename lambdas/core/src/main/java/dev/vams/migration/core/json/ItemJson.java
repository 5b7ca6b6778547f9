package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The key of an item in DynamoDB's JSON form, such as {@code {"assetId":{"S":"x1"}}}. Only the
 * three types that a key attribute can have are known: nothing else of an item belongs into the
 * journal.
 */
final class ItemJson {
  private ItemJson() {}

  static final class Serializer extends JsonSerializer<Item> {
    @Override
    public void serialize(Item item, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      for (Map.Entry<String, Value> attribute : item.attributes().entrySet()) {
        json.writeObjectFieldStart(attribute.getKey());
        if (attribute.getValue() instanceof Value.Text text) {
          json.writeStringField("S", text.text());
        } else if (attribute.getValue() instanceof Value.Numeric number) {
          json.writeStringField("N", number.text());
        } else if (attribute.getValue() instanceof Value.Binary binary) {
          json.writeBinaryField("B", binary.bytes());
        } else {
          throw JsonMappingException.from(
              json, "attribute " + attribute.getKey() + " has no type that a key can have");
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
  }

  static final class Deserializer extends JsonDeserializer<Item> {
    @Override
    public Item deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonNode node = context.readTree(parser);
      Map<String, Value> attributes = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> attribute : node.properties()) {
        attributes.put(attribute.getKey(), value(parser, attribute));
      }
      return new Item(attributes);
    }

    private static Value value(JsonParser parser, Map.Entry<String, JsonNode> attribute)
        throws IOException {
      JsonNode typed = attribute.getValue();
      if (typed.path("S").isTextual()) {
        return new Value.Text(typed.get("S").textValue());
      }
      if (typed.path("N").isTextual()) {
        return new Value.Numeric(typed.get("N").textValue());
      }
      if (typed.path("B").isTextual()) {
        return new Value.Binary(typed.get("B").binaryValue());
      }
      throw JsonMappingException.from(
          parser, "attribute " + attribute.getKey() + " has no type that a key can have");
    }
  }
}
