package dev.vams.migration.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.vams.migration.core.json.InvalidSchema;
import dev.vams.migration.core.json.ParsedSchema;
import dev.vams.migration.core.json.SchemaReader;
import dev.vams.migration.core.json.ValidSchema;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code config/} against each other and against the code that reads schemas. */
class SchemaFilesTest {

  private static final Path CONFIG = Path.of("..", "config");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern ROW_OF_MISTAKE =
      Pattern.compile("^\\| `(\\$[^`]*)` \\| `?([^`|]+?)`? \\| `([^`]+)` \\|$", Pattern.MULTILINE);
  private static final String FULL_EXAMPLE = "vams-2.1-cross-region.json";

  private final SchemaReader reader =
      new SchemaReader(Set.of("us-east-1", "eu-west-1", "eu-central-1"));
  private final JsonNode jsonSchemaFile =
      read(CONFIG.resolve("schema/migration-schema.schema.json"));
  private final JsonSchema jsonSchema =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(jsonSchemaFile);

  static Stream<Path> examples() throws IOException {
    return filesIn(CONFIG.resolve("examples"));
  }

  static Stream<Path> templates() throws IOException {
    return filesIn(CONFIG).filter(file -> file.toString().endsWith(".template.json"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(Path example) {
    assertThat(reader.read(text(example))).isInstanceOf(ValidSchema.class);
    assertThat(jsonSchema.validate(read(example))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aTemplateHasNoProblemButItsPlaceholders(Path template) {
    ParsedSchema parsed = reader.read(text(template));
    JsonNode document = read(template);
    int pairs =
        document.at("/VAMS_S3Bucket_Mapping").size()
            + document.at("/VAMS_DynamoDBTable_Mapping").size();

    assertThat(parsed).isInstanceOf(InvalidSchema.class);
    assertThat(((InvalidSchema) parsed).problems())
        .hasSize(2 * pairs)
        .allSatisfy(problem -> assertThat(problem.what()).endsWith("placeholder of the template"));
    assertThat(jsonSchema.validate(document))
        .as("places that an editor marks")
        .extracting(message -> message.getInstanceLocation().toString())
        .hasSize(2 * pairs)
        .allMatch(place -> place.endsWith("from") || place.endsWith("to"));
  }

  @ParameterizedTest
  @CsvSource({
    "MigrationSchema_v1.X_to_v2.0.template.json, 10",
    "MigrationSchema_v2.1_to_v2.1.template.json, 16"
  })
  void aTemplateHasTheShapeThatUpstreamsScriptReads(String template, int tables) {
    JsonNode document = read(CONFIG.resolve(template));

    assertThat(document.fieldNames())
        .toIterable()
        .containsExactly(
            "regionFrom", "regionTo", "VAMS_S3Bucket_Mapping", "VAMS_DynamoDBTable_Mapping");
    assertThat(document.at("/VAMS_S3Bucket_Mapping").findValuesAsText("bucketDescriptor"))
        .containsExactly("assetStorageBucket", "assetAuxiliaryStorageBucket");
    assertThat(document.at("/VAMS_DynamoDBTable_Mapping").findValuesAsText("tableDescriptor"))
        .hasSize(tables)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyPropertyOfTheJsonSchemaIsDescribed() {
    List<String> undescribed = new ArrayList<>();
    for (JsonNode properties : jsonSchemaFile.findValues("properties")) {
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        if (property.getValue().path("description").asText().isBlank()) {
          undescribed.add(property.getKey());
        }
      }
    }

    assertThat(undescribed).isEmpty();
  }

  @Test
  void theJsonSchemaTellsTheDefaultsOfTheCode() {
    JsonNode options = jsonSchemaFile.at("/$defs/options/properties");
    Options defaults = Options.defaults();

    assertThat(options.at("/mode/default").asText()).isEqualTo(defaults.mode().name());
    assertThat(options.at("/ifTargetNotEmpty/default").asText())
        .isEqualTo(defaults.ifTargetNotEmpty().name());
    assertThat(options.at("/order/default").asText()).isEqualTo(defaults.order().name());
    assertThat(options.at("/maxConcurrency/default").asInt()).isEqualTo(defaults.maxConcurrency());
    assertThat(options.at("/deleteExtraneous/default").asBoolean(true))
        .isEqualTo(defaults.deleteExtraneous());
    assertThat(options.at("/archived/default").asText()).isEqualTo(defaults.archived().name());
    assertThat(options.at("/restoreTier/default").asText())
        .isEqualTo(defaults.restore().tier().name());
    assertThat(options.at("/restoreDays/default").asInt()).isEqualTo(defaults.restore().days());
  }

  /**
   * Each row puts one value into the full example, at a JSON pointer; at the root it adds
   * properties.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          valid   | /$schema                                     | "elsewhere.json"
          valid   | /kmsKeyArnsFrom                              | []
          valid   | /kmsKeyArnsTo                                | ["arn:aws:kms:eu-west-1:111122223333:key/mrk-1"]
          valid   | ``                                           | {"roleArnFrom": "arn:aws:iam::111122223333:role/a/b", "externalId": "cd"}
          valid   | ``                                           | {"roleArnTo": "arn:aws-cn:iam::111122223333:role/a+b", "externalId": "c/d"}
          valid   | /VAMS_S3Bucket_Mapping                       | []
          valid   | /VAMS_S3Bucket_Mapping/0/buckets/to          | "a.b"
          valid   | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_S3"}
          valid   | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_KMS", "keyArn": "arn:aws:kms:eu-west-1:111122223333:key/5e8d2f70-1a3b-4c6d-8e9f-a0b1c2d3e4f5"}
          valid   | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_KMS", "keyArn": "arn:aws:kms:eu-west-1:111122223333:key/5e8d2f70-1a3b-4c6d-8e9f-a0b1c2d3e4f5", "bucketKey": false}
          valid   | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "DSSE_KMS", "keyArn": "arn:aws:kms:eu-west-1:111122223333:key/5e8d2f70-1a3b-4c6d-8e9f-a0b1c2d3e4f5"}
          valid   | /VAMS_DynamoDBTable_Mapping                  | []
          valid   | /VAMS_DynamoDBTable_Mapping/0/tables/to      | "a.b_C-d"
          valid   | /VAMS_DynamoDBTable_Mapping/0/attributes     | []
          valid   | /VAMS_DynamoDBTable_Mapping/0/attributes     | [{"from": "", "to": ""}]
          valid   | /VAMS_DynamoDBTable_Mapping/0/attributes     | [{"from": "a", "to": "b.c"}]
          valid   | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "rename", "path": "a", "to": "b"}, {"op": "drop", "path": ["a", 0, "*", "c"]}]
          valid   | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "set", "path": "a", "value": {"L": [{"M": {"x": {"N": "1"}}}]}}, {"op": "copy", "path": ["a", 0], "to": ["b", "c"]}]
          valid   | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "replaceValue", "path": "a", "from": "x", "to": ""}, {"op": "replaceValue", "path": "a", "from": "x", "to": "y", "match": "PREFIX"}]
          valid   | /VAMS_DynamoDBTable_Mapping/0/ifTargetNotEmpty | "SYNC"
          valid   | /VAMS_DynamoDBTable_Mapping/0/maxReadUnitsPerSecond | 500
          valid   | /VAMS_DynamoDBTable_Mapping/0/maxWriteUnitsPerSecond | "100%"
          valid   | /options/ifTargetNotEmpty                    | "SYNC"
          valid   | /options                                     | {}
          valid   | /options/mode                                | "MIGRATE"
          valid   | /options/mode                                | "VERIFY"
          valid   | /options/mode                                | "DRY_RUN"
          valid   | /options/ifTargetNotEmpty                    | "FAIL"
          valid   | /options/ifTargetNotEmpty                    | "MERGE"
          valid   | /options/ifTargetNotEmpty                    | "OVERWRITE"
          valid   | /options                                     | {"ifTargetNotEmpty": "OVERWRITE", "deleteExtraneous": true}
          valid   | /options                                     | {"ifTargetNotEmpty": "MERGE", "deleteExtraneous": true}
          valid   | /options                                     | {"ifTargetNotEmpty": "FAIL", "deleteExtraneous": false}
          valid   | /options/order                               | "TOGETHER"
          valid   | /options/order                               | "TABLES_FIRST"
          valid   | /options/order                               | "BUCKETS_FIRST"
          valid   | /options/maxConcurrency                      | 1
          valid   | /options/maxConcurrency                      | 10000
          valid   | /options/maxConcurrency                      | 40.0
          valid   | /retryOf                                     | "green_2026-01-31"
          invalid | /$schema                                     | 1
          invalid | /unknown                                     | 1
          invalid | /regionFrom                                  | null
          invalid | /regionFrom                                  | "virginia"
          invalid | /regionTo                                    | 5
          invalid | /roleArnFrom                                 | "arn:aws:iam::111122223333:role/a"
          invalid | /roleArnTo                                   | "arn:aws:iam::111122223333:role/a"
          invalid | /externalId                                  | "cd"
          invalid | ``                                           | {"roleArnFrom": "arn:aws:iam::111122223333:role/*", "externalId": "cd"}
          invalid | ``                                           | {"roleArnTo": "arn:aws:iam::1:role/a", "externalId": "cd"}
          invalid | ``                                           | {"roleArnTo": "arn:aws:iam::111122223333:role/a", "externalId": "c"}
          invalid | ``                                           | {"roleArnTo": "arn:aws:iam::111122223333:role/a", "externalId": "c d"}
          invalid | /kmsKeyArnsFrom                              | "arn:aws:kms:us-east-1:111122223333:key/1"
          invalid | /kmsKeyArnsFrom                              | ["alias/assets"]
          invalid | /kmsKeyArnsFrom                              | ["arn:aws:kms:us-east-1:111122223333:key/*"]
          invalid | /kmsKeyArnsTo                                | [1]
          invalid | /VAMS_S3Bucket_Mapping                       | {}
          invalid | /VAMS_S3Bucket_Mapping/0                     | "assets"
          invalid | /VAMS_S3Bucket_Mapping/0                     | {}
          invalid | /VAMS_S3Bucket_Mapping/0/unknown             | 1
          invalid | /VAMS_S3Bucket_Mapping/0/bucketDescriptor    | " "
          invalid | /VAMS_S3Bucket_Mapping/0/bucketDescriptor    | 1
          invalid | /VAMS_S3Bucket_Mapping/0/buckets             | []
          invalid | /VAMS_S3Bucket_Mapping/0/buckets             | {"from": "blue-assets"}
          invalid | /VAMS_S3Bucket_Mapping/0/buckets             | {"to": "green-assets"}
          invalid | /VAMS_S3Bucket_Mapping/0/buckets/unknown     | 1
          invalid | /VAMS_S3Bucket_Mapping/0/buckets/to          | ""
          invalid | /VAMS_S3Bucket_Mapping/0/buckets/to          | "Green"
          invalid | /VAMS_S3Bucket_Mapping/0/buckets/to          | "S3Bucket_NewStack_Name"
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | "SSE_S3"
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {}
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "AES256"}
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_S3", "keyArn": "arn:aws:kms:eu-west-1:111122223333:key/5e8d2f70-1a3b-4c6d-8e9f-a0b1c2d3e4f5"}
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_S3", "bucketKey": true}
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_KMS"}
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_KMS", "keyArn": "alias/blue"}
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "SSE_KMS", "keyArn": "arn:aws:kms:eu-west-1:111122223333:key/5e8d2f70-1a3b-4c6d-8e9f-a0b1c2d3e4f5", "bucketKey": "true"}
          invalid | /VAMS_S3Bucket_Mapping/0/encryption          | {"type": "DSSE_KMS", "keyArn": "arn:aws:kms:eu-west-1:111122223333:key/5e8d2f70-1a3b-4c6d-8e9f-a0b1c2d3e4f5", "bucketKey": true}
          invalid | /VAMS_DynamoDBTable_Mapping                  | null
          invalid | /VAMS_DynamoDBTable_Mapping/0                | {}
          invalid | /VAMS_DynamoDBTable_Mapping/0/unknown        | 1
          invalid | /VAMS_DynamoDBTable_Mapping/0/tables         | {"from": "blue-Assets"}
          invalid | /VAMS_DynamoDBTable_Mapping/0/tables/unknown | 1
          invalid | /VAMS_DynamoDBTable_Mapping/0/tables/to      | "ab"
          invalid | /VAMS_DynamoDBTable_Mapping/0/tables/to      | "a b c"
          invalid | /VAMS_DynamoDBTable_Mapping/0/tables/to      | "DynamoDBTable_NewStack_Name"
          invalid | /VAMS_DynamoDBTable_Mapping/0/attributes     | {}
          invalid | /VAMS_DynamoDBTable_Mapping/0/attributes     | [1]
          invalid | /VAMS_DynamoDBTable_Mapping/0/attributes     | [{"from": "a"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/attributes     | [{"from": "a", "to": 1}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/attributes     | [{"from": "a", "to": "b", "c": 1}]
          invalid | /options                                     | []
          invalid | /options/unknown                             | 1
          invalid | /options/mode                                | "migrate"
          invalid | /options/ifTargetNotEmpty                    | 1
          invalid | /options/order                               | ""
          valid   | /options                                     | {"archived": "RESTORE", "restoreTier": "BULK", "restoreDays": 365}
          valid   | /options                                     | {"archived": "SKIP_AND_REPORT"}
          invalid | /options/archived                            | "KEEP"
          invalid | /options                                     | {"archived": "RESTORE", "restoreTier": "FAST"}
          invalid | /options                                     | {"archived": "RESTORE", "restoreDays": 0}
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "explode", "path": "a"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "drop"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "drop", "path": "a", "to": "b"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "drop", "path": [0]}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "drop", "path": []}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "rename", "path": "a"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "rename", "path": "a", "to": ["b"]}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "set", "path": "a"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "set", "path": "a", "value": {"X": "1"}}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "copy", "path": "a"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/transform      | [{"op": "replaceValue", "path": "a", "from": "", "to": "b"}]
          invalid | /VAMS_DynamoDBTable_Mapping/0/ifTargetNotEmpty | "KEEP"
          invalid | /VAMS_DynamoDBTable_Mapping/0/maxReadUnitsPerSecond | 0
          invalid | /VAMS_DynamoDBTable_Mapping/0/maxWriteUnitsPerSecond | "101%"
          invalid | /options/deleteExtraneous                    | "yes"
          invalid | /options/maxConcurrency                      | "40"
          invalid | /options/maxConcurrency                      | 0
          invalid | /options/maxConcurrency                      | 10001
          invalid | /options/maxConcurrency                      | 1.5
          invalid | /retryOf                                     | ""
          invalid | /retryOf                                     | "run/1"
          """)
  void theJsonSchemaAndTheReaderAgree(String expected, String place, String value) {
    JsonNode document = exampleWith(JsonPointer.compile(place), value);
    boolean isValid = expected.equals("valid");

    assertThat(reader.read(document) instanceof ValidSchema).as("reader").isEqualTo(isValid);
    assertThat(jsonSchema.validate(document).isEmpty()).as("JSON Schema").isEqualTo(isValid);
  }

  static Stream<Arguments> mistakesInReadme() {
    return ROW_OF_MISTAKE
        .matcher(text(CONFIG.resolve("README.md")))
        .results()
        .map(row -> Arguments.of(row.group(1), row.group(2), row.group(3)));
  }

  @ParameterizedTest
  @MethodSource("mistakesInReadme")
  void theMessagesInTheReadmeAreReal(String place, String value, String message) {
    JsonPointer pointer =
        JsonPointer.compile(place.substring(1).replaceAll("[.\\[]", "/").replace("]", ""));

    assertThat(reader.read(exampleWith(pointer, value)))
        .isInstanceOfSatisfying(
            InvalidSchema.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(Problem::line)
                    .containsExactly(message.startsWith("$") ? message : place + ": " + message));
  }

  @Test
  void theReadmeShowsMistakes() {
    assertThat(mistakesInReadme()).hasSizeGreaterThan(20);
  }

  private static JsonNode exampleWith(JsonPointer place, String value) {
    JsonNode document = read(CONFIG.resolve("examples").resolve(FULL_EXAMPLE));
    if (place.matches()) {
      return ((ObjectNode) document).setAll((ObjectNode) tree(value));
    }
    JsonNode parent = document.at(place.head());
    JsonPointer last = place.last();
    if (value.equals("absent")) {
      ((ObjectNode) parent).remove(last.getMatchingProperty());
    } else if (parent instanceof ArrayNode list) {
      list.set(last.getMatchingIndex(), tree(value));
    } else {
      ((ObjectNode) parent).set(last.getMatchingProperty(), tree(value));
    }
    return document;
  }

  private static Stream<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  private static JsonNode read(Path file) {
    return tree(text(file));
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError("not JSON: " + json, notJson);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file.toString(), unreadable);
    }
  }
}
