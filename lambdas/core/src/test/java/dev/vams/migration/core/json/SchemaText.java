package dev.vams.migration.core.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A valid document, and copies of it with one place changed. */
final class SchemaText {

  static final String VALID =
      """
      {
        "regionFrom": "us-east-1",
        "regionTo": "us-east-1",
        "VAMS_S3Bucket_Mapping": [
          {
            "bucketDescriptor": "assetStorageBucket",
            "buckets": {"from": "blue-assets", "to": "green-assets"}
          },
          {
            "bucketDescriptor": "assetAuxiliaryStorageBucket",
            "buckets": {"from": "blue-auxiliary", "to": "green-auxiliary"}
          }
        ],
        "VAMS_DynamoDBTable_Mapping": [
          {
            "tableDescriptor": "assetStorageTable",
            "tables": {"from": "blue-AssetTable", "to": "green-AssetTable"},
            "attributes": [{"from": "assetType", "to": "type"}, {"from": "a.b", "to": "c"}]
          },
          {
            "tableDescriptor": "databaseStorageTable",
            "tables": {"from": "blue-DatabaseTable", "to": "green-DatabaseTable"}
          }
        ],
        "options": {"mode": "MIGRATE"},
        "retryOf": "green-1"
      }
      """;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SchemaText() {}

  /** The valid document with another value at a place. */
  static JsonNode with(String place, String value) {
    JsonPointer pointer = JsonPointer.compile(place);
    JsonNode document = tree(VALID);
    JsonNode parent = document.at(pointer.head());
    if (parent instanceof ArrayNode list) {
      list.set(pointer.last().getMatchingIndex(), tree(value));
    } else {
      ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), tree(value));
    }
    return document;
  }

  /** The valid document with further properties. */
  static ObjectNode plus(String properties) {
    return ((ObjectNode) tree(VALID)).setAll((ObjectNode) tree("{" + properties + "}"));
  }

  /** The valid document without the properties at some places. */
  static JsonNode without(String... places) {
    JsonNode document = tree(VALID);
    for (String place : places) {
      JsonPointer pointer = JsonPointer.compile(place);
      ((ObjectNode) document.at(pointer.head())).remove(pointer.last().getMatchingProperty());
    }
    return document;
  }

  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException wrongTest) {
      throw new AssertionError("not JSON: " + json, wrongTest);
    }
  }
}
