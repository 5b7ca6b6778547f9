package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.vams.migration.core.store.Item;
import java.io.IOException;

/** Items in DynamoDB's JSON form, such as {@code {"assetId":{"S":"x1"}}}. */
final class ItemJson {
  private ItemJson() {}

  static final class Serializer extends JsonSerializer<Item> {
    @Override
    public void serialize(Item item, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeTree(ValueJson.write(item));
    }
  }

  static final class Deserializer extends JsonDeserializer<Item> {
    @Override
    public Item deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return ValueJson.readItem(context.readTree(parser));
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, e.getMessage(), e);
      }
    }
  }
}
