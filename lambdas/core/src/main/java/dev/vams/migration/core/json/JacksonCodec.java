package dev.vams.migration.core.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.vams.migration.core.journal.ChildExecution;
import dev.vams.migration.core.journal.ChildInput;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.store.Codec;
import dev.vams.migration.core.store.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as JSON, strictly: an unknown, missing or misspelt field is an error and never a silent
 * null. How a sealed type is told apart, and what Step Functions spells differently, is said here,
 * so that the records know nothing of JSON.
 */
public final class JacksonCodec implements Codec {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(Item.class, new ItemJson.Serializer())
                  .addDeserializer(Item.class, new ItemJson.Deserializer())
                  .addSerializer(Operation.class, new OperationJson.Serializer())
                  .addDeserializer(Operation.class, new OperationJson.Deserializer())
                  .addDeserializer(ChildExecution.class, new ChildExecutionJson()))
          .addMixIn(Unit.class, UnitKinds.class)
          .addMixIn(Position.class, PositionKinds.class)
          .addMixIn(ChildInput.class, Lenient.class)
          .build();

  @Override
  public byte[] encode(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value.getClass() + " cannot be written as JSON", e);
    }
  }

  /** The record indented, for a file that people open. */
  public byte[] encodeForPeople(Object value) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value.getClass() + " cannot be written as JSON", e);
    }
  }

  @Override
  public <T> T decode(byte[] text, Class<T> type) {
    try {
      T value = mapper.readValue(text, type);
      if (value == null) {
        throw new IllegalArgumentException("not a %s: null".formatted(type.getSimpleName()));
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not a %s: %s".formatted(type.getSimpleName(), e.getMessage()), e);
    }
  }

  @Override
  public <T> List<T> decodeFirst(InputStream array, Class<T> type, int limit) {
    List<T> first = new ArrayList<>();
    try (MappingIterator<T> records = mapper.readerFor(type).readValues(array)) {
      while (first.size() < limit && records.hasNextValue()) {
        first.add(records.nextValue());
      }
      return first;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not an array of %s: %s".formatted(type.getSimpleName(), e.getMessage()), e);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Unit.KeyRange.class, name = "KEY_RANGE"),
    @JsonSubTypes.Type(value = Unit.Segment.class, name = "SEGMENT"),
    @JsonSubTypes.Type(value = Unit.ItemComparison.class, name = "ITEM_COMPARISON")
  })
  private interface UnitKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Position.AfterKey.class, name = "AFTER_KEY"),
    @JsonSubTypes.Type(value = Position.AfterRestored.class, name = "AFTER_RESTORED"),
    @JsonSubTypes.Type(value = Position.AfterItem.class, name = "AFTER_ITEM")
  })
  private interface PositionKinds {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private interface Lenient {}
}
