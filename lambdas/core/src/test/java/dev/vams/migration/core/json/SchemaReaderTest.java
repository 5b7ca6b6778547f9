package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaText.VALID;
import static dev.vams.migration.core.json.SchemaText.plus;
import static dev.vams.migration.core.json.SchemaText.tree;
import static dev.vams.migration.core.json.SchemaText.with;
import static dev.vams.migration.core.json.SchemaText.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.Restore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaReaderTest {

  private final SchemaReader reader =
      new SchemaReader(Set.of("us-east-1", "us-east-2", "eu-west-1"));

  private static final String KEY =
      "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  /** The valid document with a key of stack B, and an encryption of the first target bucket. */
  private static JsonNode encrypted(String encryption) {
    ObjectNode document = plus("\"kmsKeyArnsTo\": [\"" + KEY + "\"]");
    ((ObjectNode) document.at("/VAMS_S3Bucket_Mapping/0"))
        .set("encryption", tree(encryption.replace("KEY\"", KEY + "\"")));
    return document;
  }

  @Nested
  class ValidDocuments {

    @Test
    void everyPropertyIsRead() {
      MigrationSchema schema = schemaOf(tree(VALID));

      assertThat(schema)
          .isEqualTo(
              new MigrationSchema(
                  "us-east-1",
                  "us-east-1",
                  List.of(
                      new BucketPair("assetStorageBucket", "blue-assets", "green-assets"),
                      new BucketPair(
                          "assetAuxiliaryStorageBucket", "blue-auxiliary", "green-auxiliary")),
                  List.of(
                      new TablePair(
                          "assetStorageTable",
                          "blue-AssetTable",
                          "green-AssetTable",
                          List.of(new Rename("assetType", "type"), new Rename("a.b", "c"))),
                      new TablePair(
                          "databaseStorageTable",
                          "blue-DatabaseTable",
                          "green-DatabaseTable",
                          List.of())),
                  Options.defaults(),
                  "green-1"));
    }

    @Test
    void textAndTreeGiveTheSameSchema() {
      assertThat(reader.read(VALID)).isEqualTo(reader.read(tree(VALID)));
    }

    @Test
    void absentOptionsHaveTheirDefaults() {
      MigrationSchema schema = schemaOf(without("/options", "/retryOf"));

      assertThat(schema.options())
          .isEqualTo(new Options(Mode.MIGRATE, IfTargetNotEmpty.FAIL, Order.TOGETHER, 40));
      assertThat(schema.isRetry()).isFalse();
    }

    @Test
    void everyOptionCanBeSet() {
      String options =
          """
          {
            "mode": "VERIFY",
            "ifTargetNotEmpty": "OVERWRITE",
            "order": "TABLES_FIRST",
            "maxConcurrency": 10000,
            "maxRequestsPerSecond": 3500,
            "deleteExtraneous": true,
            "archived": "RESTORE",
            "restoreTier": "EXPEDITED",
            "restoreDays": 2
          }
          """;

      assertThat(schemaOf(with("/options", options)).options())
          .isEqualTo(
              new Options(
                  Mode.VERIFY,
                  IfTargetNotEmpty.OVERWRITE,
                  Order.TABLES_FIRST,
                  10_000,
                  Optional.of(3_500),
                  true,
                  IfArchived.RESTORE,
                  new Restore(Restore.Tier.EXPEDITED, 2)));
    }

    @Test
    void aRenameWithTwoEmptyNamesRenamesNothing() {
      MigrationSchema schema =
          schemaOf(
              with("/VAMS_DynamoDBTable_Mapping/0/attributes", "[{\"from\": \"\", \"to\": \"\"}]"));

      assertThat(schema.tables().get(0).renames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/VAMS_S3Bucket_Mapping", "/VAMS_DynamoDBTable_Mapping"})
    void oneOfTheMappingsMayBeAbsentOrEmpty(String mapping) {
      assertThat(reader.read(without(mapping))).isInstanceOf(ValidSchema.class);
      assertThat(reader.read(with(mapping, "[]"))).isInstanceOf(ValidSchema.class);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {"type": "SSE_S3"}                                      | SSE_S3   | false
            {"type": "SSE_S3", "bucketKey": false}                  | SSE_S3   | false
            {"type": "SSE_KMS", "keyArn": "KEY"}                    | SSE_KMS  | true
            {"type": "SSE_KMS", "keyArn": "KEY", "bucketKey": true} | SSE_KMS  | true
            {"type": "SSE_KMS", "keyArn": "KEY", "bucketKey": false}| SSE_KMS  | false
            {"type": "DSSE_KMS", "keyArn": "KEY"}                   | DSSE_KMS | false
            """)
    void aTargetBucketsEncryptionIsRead(
        String encryption, Encryption.Type type, boolean bucketKey) {
      MigrationSchema schema = schemaOf(encrypted(encryption));

      assertThat(schema.buckets().get(0).encryption())
          .contains(
              new Encryption(
                  type,
                  type == Encryption.Type.SSE_S3 ? Optional.empty() : Optional.of(KEY),
                  bucketKey));
      assertThat(schema.buckets().get(1).encryption()).isEmpty();
    }

    @Test
    void rolesAndKeysAreReadForEachStack() {
      MigrationSchema schema =
          schemaOf(
              plus(
                  """
                  "roleArnFrom": "arn:aws:iam::111122223333:role/team/reader",
                  "roleArnTo": "arn:aws-us-gov:iam::444455556666:role/writer",
                  "externalId": "vams-1",
                  "kmsKeyArnsFrom": ["arn:aws:kms:us-east-1:111122223333:key/mrk-1234"],
                  "kmsKeyArnsTo": [
                    "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                    "arn:aws:kms:us-east-1:444455556666:key/2"
                  ]
                  """));

      assertThat(schema.source())
          .isEqualTo(
              new StackAccess(
                  "us-east-1",
                  Optional.of(
                      new AssumedRole("arn:aws:iam::111122223333:role/team/reader", "vams-1")),
                  List.of("arn:aws:kms:us-east-1:111122223333:key/mrk-1234")));
      assertThat(schema.target())
          .isEqualTo(
              new StackAccess(
                  "us-east-1",
                  Optional.of(
                      new AssumedRole("arn:aws-us-gov:iam::444455556666:role/writer", "vams-1")),
                  List.of(
                      "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                      "arn:aws:kms:us-east-1:444455556666:key/2")));
    }

    @Test
    void withoutRolesAndKeysTheWorkersUseTheirOwnIdentity() {
      assertThat(schemaOf(tree(VALID)).target()).isEqualTo(StackAccess.in("us-east-1"));
    }

    @Test
    void editorsMayBeToldTheJsonSchema() {
      assertThat(reader.read(with("/$schema", "\"../schema/migration-schema.schema.json\"")))
          .isInstanceOf(ValidSchema.class);
    }

    @Test
    void oneSourceMayHaveTwoTargets() {
      assertThat(reader.read(with("/VAMS_S3Bucket_Mapping/1/buckets/from", "\"blue-assets\"")))
          .isInstanceOf(ValidSchema.class);
    }

    @Test
    void aBucketAndATableMayShareADescriptorAndAName() {
      assertThat(
              reader.read(
                  with(
                      "/VAMS_DynamoDBTable_Mapping/1",
                      """
                      {
                        "tableDescriptor": "assetStorageBucket",
                        "tables": {"from": "blue-assets", "to": "green-assets"}
                      }
                      """)))
          .isInstanceOf(ValidSchema.class);
    }

    @Test
    void aTableMayKeepItsNameInAnotherRegion() {
      ObjectNode document =
          (ObjectNode) with("/VAMS_DynamoDBTable_Mapping/0/tables/to", "\"blue-AssetTable\"");
      document.put("regionTo", "eu-west-1");

      assertThat(reader.read(document)).isInstanceOf(ValidSchema.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "abc",
          "a.b-c",
          "0a9",
          "a123456789012345678901234567890123456789012345678901234567890ab"
        })
    void bucketNamesObeyTheRulesOfS3(String name) {
      assertThat(reader.read(with("/VAMS_S3Bucket_Mapping/0/buckets/to", '"' + name + '"')))
          .isInstanceOf(ValidSchema.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b", "...", "My.Table-1"})
    void tableNamesObeyTheRulesOfDynamoDb(String name) {
      assertThat(reader.read(with("/VAMS_DynamoDBTable_Mapping/0/tables/to", '"' + name + '"')))
          .isInstanceOf(ValidSchema.class);
    }
  }

  /** Each row changes one place of the valid document and expects exactly one problem there. */
  @Nested
  class OneMistake {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /regionFrom | "us-eest-1" | "us-eest-1" is not a region of AWS. Did you mean "us-east-1"?
            /regionFrom | "US-EAST-1" | "US-EAST-1" is not a region of AWS. Did you mean "us-east-1"?
            /regionTo   | "virginia"  | "virginia" is not a region of AWS. Write the region of stack B, such as "us-east-1".
            """)
    void aRegionMustBeKnown(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /regionFrom                              | 5    | expected a string, found the number 5. Write the region of stack A, such as "us-east-1".
            /regionTo                                | null | expected a string, found null. Write the region of stack B, such as "us-east-1".
            /$schema                                 | 1    | expected a string, found the number 1. Write the place of the JSON Schema, or remove it.
            /retryOf                                 | true | expected a string, found true. Write the name of the run to continue: 1 to 80 letters, digits, hyphens and underscores.
            /options                                 | []   | expected an object, found a list. Write an object with options, or remove it.
            /options/mode                            | 1    | expected a string, found the number 1. Write one of "MIGRATE", "VERIFY", "DRY_RUN".
            /options/maxConcurrency                  | "40" | expected a whole number, found the string "40". Write how many units are copied at once.
            /options/maxConcurrency                  | 1.5  | expected a whole number, found the number 1.5. Write how many units are copied at once.
            /VAMS_S3Bucket_Mapping                   | {}   | expected a list, found an object. Write a list, each element an object with "bucketDescriptor" and "buckets".
            /VAMS_S3Bucket_Mapping/1                 | "x"  | expected an object, found the string "x". Write an object with "bucketDescriptor" and "buckets".
            /VAMS_S3Bucket_Mapping/1/buckets         | "x"  | expected an object, found the string "x". Write an object with the names of two buckets, "from" and "to".
            /VAMS_S3Bucket_Mapping/1/buckets/to      | 5    | expected a string, found the number 5. Write the name of stack B's bucket.
            /VAMS_DynamoDBTable_Mapping              | 1    | expected a list, found the number 1. Write a list, each element an object with "tableDescriptor" and "tables".
            /VAMS_DynamoDBTable_Mapping/1/attributes | {}   | expected a list, found an object. Write a list, each element an object with two attribute names, "from" and "to".
            """)
    void everyTypeIsChecked(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            .op    | {"op": "rnme", "path": "a", "to": "b"}             | "rnme" is no operation. Did you mean "rename"?
            .op    | {"op": "explode", "path": "a"}                     | "explode" is no operation. Write one of "rename", "drop", "set", "copy", "replaceValue".
            .path  | {"op": "drop"}                                     | "path" is missing. Add it and write the name of an attribute, or a list of steps such as ["versions", 0, "bucket"] or ["versions", "*", "bucket"].
            .path  | {"op": "drop", "path": ""}                         | this is no path of an attribute. Write the name of an attribute, or a list of steps such as ["versions", 0, "bucket"] or ["versions", "*", "bucket"]; it begins with a name.
            .path  | {"op": "drop", "path": [0]}                        | this is no path of an attribute. Write the name of an attribute, or a list of steps such as ["versions", 0, "bucket"] or ["versions", "*", "bucket"]; it begins with a name.
            .path  | {"op": "drop", "path": ["a", -1]}                  | this is no path of an attribute. Write the name of an attribute, or a list of steps such as ["versions", 0, "bucket"] or ["versions", "*", "bucket"]; it begins with a name.
            .path  | {"op": "drop", "path": ["a", true]}                | this is no path of an attribute. Write the name of an attribute, or a list of steps such as ["versions", 0, "bucket"] or ["versions", "*", "bucket"]; it begins with a name.
            .to    | {"op": "drop", "path": "a", "to": "b"}             | "drop" has no "to". Remove it.
            .match | {"op": "set", "path": "a", "value": {"S": ""}, "match": "EXACT"} | "set" has no "match". Remove it.
            .to    | {"op": "rename", "path": "a", "to": "a"}           | "a" is no new name. Write another name than "a".
            .path  | {"op": "rename", "path": ["a", 0], "to": "b"}      | a rename's path ends with a name, not with "0". End it with the name that is to change.
            .value | {"op": "set", "path": "a", "value": "x"}           | a value is an object with its type, such as {"S": "text"}, not the string "x". Write the constant with its type, such as {"S": "text"} or {"N": "1"}.
            .value | {"op": "set", "path": "a", "value": {"N": 1}}      | N wants a number in quotation marks, found the number 1. Write the constant with its type, such as {"S": "text"} or {"N": "1"}.
            .value | {"op": "set", "path": "a", "value": {"N": "x"}}    | N wants a number in quotation marks, found the string "x". Write the constant with its type, such as {"S": "text"} or {"N": "1"}.
            .value | {"op": "set", "path": "a", "value": {"NS": ["1", "1.0"]}} | NS wants members that are different, found a list. Write the constant with its type, such as {"S": "text"} or {"N": "1"}.
            .value | {"op": "set", "path": "a", "value": {"N": "1E126"}} | N wants a number of up to 38 digits, 1E-130 to 9.9E+125, found the string "1E126". Write the constant with its type, such as {"S": "text"} or {"N": "1"}.
            .value | {"op": "set", "path": "a", "value": {"SS": []}}    | SS wants a list that is not empty, found a list. Write the constant with its type, such as {"S": "text"} or {"N": "1"}.
            .value | {"op": "set", "path": "a", "value": {"L": ["x"]}}  | a value is an object with its type, such as {"S": "text"}, not the string "x". Write the constant with its type, such as {"S": "text"} or {"N": "1"}.
            .path  | {"op": "copy", "path": ["a", "*"], "to": "b"}      | "*" may stand for several places. Write the one place that is meant.
            .to    | {"op": "copy", "path": "a", "to": ["b", 0]}        | a copy goes to another place, which has a name. End it with the name that the copy is to have.
            .from  | {"op": "replaceValue", "path": "a", "from": "", "to": "b"} | empty. Write the text that is replaced; to put a constant there, whatever it is now, use "set".
            .to    | {"op": "replaceValue", "path": "a", "from": "b", "to": "b"} | "b" would be replaced by itself. Write another text, or remove the operation.
            """)
    void anOperationIsWhole(String place, String operation, String message) {
      assertThat(linesOf(with("/VAMS_DynamoDBTable_Mapping/1/transform", "[" + operation + "]")))
          .containsExactly("$.VAMS_DynamoDBTable_Mapping[1].transform[0]" + place + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "true", "\"50\"", "\"0%\"", "\"101%\"", "[]"})
    void aCeilingIsANumberOrAShare(String ceiling) {
      assertThat(linesOf(with("/VAMS_DynamoDBTable_Mapping/1/maxReadUnitsPerSecond", ceiling)))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line)
                      .startsWith("$.VAMS_DynamoDBTable_Mapping[1].maxReadUnitsPerSecond: ")
                      .contains("is no ceiling. Write a whole number of units"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /options/mode             | "migrate"   | "migrate" is not a value of "mode". Write one of "MIGRATE", "VERIFY", "DRY_RUN".
            /options/ifTargetNotEmpty | "KEEP"      | "KEEP" is not a value of "ifTargetNotEmpty". Write one of "FAIL", "MERGE", "OVERWRITE", "SYNC".
            /VAMS_S3Bucket_Mapping/1/versions | "LATEST" | "LATEST" is not a value of "versions". Write one of "CURRENT", "ALL".
            /options/order            | "RANDOM"    | "RANDOM" is not a value of "order". Write one of "TOGETHER", "TABLES_FIRST", "BUCKETS_FIRST".
            /options/maxConcurrency   | 0           | 0 is out of range. Write how many units are copied at once, 1 to 10000.
            /options/maxConcurrency   | 10001       | 10001 is out of range. Write how many units are copied at once, 1 to 10000.
            /options/maxConcurrency   | 99999999999 | 99999999999 is out of range. Write how many units are copied at once, 1 to 10000.
            """)
    void optionsTakeTheirValuesOnly(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /retryOf | ""    | "" is not the name of a run. Write the name of the run to continue: 1 to 80 letters, digits, hyphens and underscores.
            /retryOf | "a b" | "a b" is not the name of a run. Write the name of the run to continue: 1 to 80 letters, digits, hyphens and underscores.
            """)
    void aRetryNamesARun(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /VAMS_S3Bucket_Mapping/1/bucketDescriptor     | " "                  | the descriptor is empty. Write what the bucket is for, such as "assetStorageBucket".
            /VAMS_S3Bucket_Mapping/1/bucketDescriptor     | "assetStorageBucket" | the descriptor "assetStorageBucket" is already used at $.VAMS_S3Bucket_Mapping[0].bucketDescriptor. Give each pair of the list its own descriptor: the report names pairs by it.
            /VAMS_DynamoDBTable_Mapping/1/tableDescriptor | "assetStorageTable"  | the descriptor "assetStorageTable" is already used at $.VAMS_DynamoDBTable_Mapping[0].tableDescriptor. Give each pair of the list its own descriptor: the report names pairs by it.
            """)
    void descriptorsAreUniqueAndNotEmpty(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /VAMS_S3Bucket_Mapping/1/buckets/to       | "S3Bucket_NewStack_Name"      | "S3Bucket_NewStack_Name" is still the placeholder of the template. Replace it by the name of stack B's bucket.
            /VAMS_DynamoDBTable_Mapping/1/tables/from | "DynamoDBTable_OldStack_Name" | "DynamoDBTable_OldStack_Name" is still the placeholder of the template. Replace it by the name of stack A's table.
            """)
    void placeholdersOfTheTemplatesAreNamed(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /VAMS_S3Bucket_Mapping/1/buckets/to | "ab"          | "ab" is no bucket name: a bucket name has 3 to 63 characters. Write the name of stack B's bucket.
            /VAMS_S3Bucket_Mapping/1/buckets/to | "Green"       | "Green" is no bucket name: a bucket name has only lower-case letters, digits, dots and hyphens. Write the name of stack B's bucket.
            /VAMS_S3Bucket_Mapping/1/buckets/to | "-green"      | "-green" is no bucket name: a bucket name begins and ends with a letter or digit. Write the name of stack B's bucket.
            /VAMS_S3Bucket_Mapping/1/buckets/to | "a..b"        | "a..b" is no bucket name: a bucket name has no two dots in a row. Write the name of stack B's bucket.
            /VAMS_S3Bucket_Mapping/1/buckets/to | "192.168.0.1" | "192.168.0.1" is no bucket name: a bucket name is not formatted as an IP address. Write the name of stack B's bucket.
            /VAMS_S3Bucket_Mapping/1/buckets/to | "xn--green"   | "xn--green" is no bucket name: a bucket name does not start with "xn--", which S3 reserves. Write the name of stack B's bucket.
            /VAMS_S3Bucket_Mapping/1/buckets/to | "green--x-s3" | "green--x-s3" is no bucket name: a bucket name does not end with "--x-s3", which S3 reserves for access points and other kinds of buckets. Write the name of stack B's bucket.
            """)
    void bucketNamesBreakingARuleOfS3AreRefused(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /VAMS_DynamoDBTable_Mapping/1/tables/from | "a"     | "a" is no table name: a table name has 3 to 255 characters. Write the name of stack A's table.
            /VAMS_DynamoDBTable_Mapping/1/tables/from | "a b c" | "a b c" is no table name: a table name has only letters, digits, underscores, dots and hyphens. Write the name of stack A's table.
            """)
    void tableNamesBreakingARuleOfDynamoDbAreRefused(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /VAMS_S3Bucket_Mapping/1/buckets/to     | "blue-auxiliary"     | bucket "blue-auxiliary" is both source and target. Write the name of stack B's bucket.
            /VAMS_S3Bucket_Mapping/1/buckets/to     | "green-assets"       | bucket "green-assets" is also the target $.VAMS_S3Bucket_Mapping[0].buckets.to. Give each pair its own target: two sources in one bucket would overwrite each other.
            /VAMS_S3Bucket_Mapping/1/buckets/to     | "blue-assets"        | bucket "blue-assets" is also the source $.VAMS_S3Bucket_Mapping[0].buckets.from. Write the name of stack B's bucket: a source is never written to.
            /VAMS_DynamoDBTable_Mapping/1/tables/to | "blue-DatabaseTable" | table "blue-DatabaseTable" is both source and target. Write the name of stack B's table.
            /VAMS_DynamoDBTable_Mapping/1/tables/to | "green-AssetTable"   | table "green-AssetTable" is also the target $.VAMS_DynamoDBTable_Mapping[0].tables.to. Give each pair its own target: two sources in one table would overwrite each other.
            /VAMS_DynamoDBTable_Mapping/1/tables/to | "blue-AssetTable"    | table "blue-AssetTable" is also the source $.VAMS_DynamoDBTable_Mapping[0].tables.from. Write the name of stack B's table: a source is never written to.
            """)
    void pairsMustNotClash(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /VAMS_DynamoDBTable_Mapping/0/attributes/1/from | ""          | empty, although "to" is "c". Write both names to rename an attribute, or none to rename nothing.
            /VAMS_DynamoDBTable_Mapping/0/attributes/1/to   | " "         | empty, although "from" is "a.b". Write both names to rename an attribute, or none to rename nothing.
            /VAMS_DynamoDBTable_Mapping/0/attributes/1/from | "assetType" | the attribute "assetType" is already named at $.VAMS_DynamoDBTable_Mapping[0].attributes[0].from. An attribute gets only one new name: remove one of the two entries.
            /VAMS_DynamoDBTable_Mapping/0/attributes/1/to   | "type"      | the attribute "type" is already named at $.VAMS_DynamoDBTable_Mapping[0].attributes[0].to. Two attributes cannot share one name: remove one of the two entries.
            /VAMS_DynamoDBTable_Mapping/0/attributes/1/to   | "assetType" | "assetType" is itself renamed at $.VAMS_DynamoDBTable_Mapping[0].attributes[0].from. Write a name that no other entry renames: the result would depend on their order.
            /VAMS_DynamoDBTable_Mapping/0/attributes/1/to   | "a.b"       | "a.b" would be renamed to itself. Write another name, or remove the entry.
            """)
    void renamesNeedTwoNamesAndNoOrder(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /options/concurrency                    | 4   | the property "concurrency" is unknown. Did you mean "maxConcurrency"?
            /VAMS_S3Bucket_Mapping/1/buckets/form   | "x" | the property "form" is unknown. Did you mean "from"?
            /VAMS_S3Bucket_Mapping/1/attributes     | []  | the property "attributes" is unknown. Remove it; the properties here are "bucketDescriptor", "buckets", "encryption", "versions".
            /VAMS_DynamoDBTable_Mapping/1/attributs | []  | the property "attributs" is unknown. Did you mean "attributes"?
            /regionform                             | "x" | the property "regionform" is unknown. Did you mean "regionFrom"?
            """)
    void unknownPropertiesAreRefused(String place, String value, String message) {
      assertThat(linesOf(with(place, value))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            /regionFrom                                   | "regionFrom" is missing. Add it and write the region of stack A, such as "us-east-1".
            /VAMS_S3Bucket_Mapping/0/buckets              | "buckets" is missing. Add it and write an object with the names of two buckets, "from" and "to".
            /VAMS_S3Bucket_Mapping/0/bucketDescriptor     | "bucketDescriptor" is missing. Add it and write what the bucket is for, such as "assetStorageBucket".
            /VAMS_DynamoDBTable_Mapping/0/tables/from     | "from" is missing. Add it and write the name of stack A's table.
            /VAMS_DynamoDBTable_Mapping/0/attributes/0/to | "to" is missing. Add it and write the attribute's name in stack B.
            """)
    void whatMustBeThereIsMissed(String place, String message) {
      assertThat(linesOf(without(place))).containsExactly(jsonPath(place) + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            "roleArnFrom": "reader", "externalId": "vams-1"                                     | $.roleArnFrom: "reader" is no ARN of an IAM role. Write the ARN of the role that reaches stack A, such as "arn:aws:iam::111122223333:role/vams-migration".
            "roleArnTo": "arn:aws:iam::111122223333:role/*", "externalId": "vams-1"             | $.roleArnTo: "arn:aws:iam::111122223333:role/*" is no ARN of an IAM role. Write the ARN of the role that reaches stack B, such as "arn:aws:iam::111122223333:role/vams-migration".
            "roleArnTo": "arn:aws:iam::111122223333:user/writer", "externalId": "vams-1"        | $.roleArnTo: "arn:aws:iam::111122223333:user/writer" is no ARN of an IAM role. Write the ARN of the role that reaches stack B, such as "arn:aws:iam::111122223333:role/vams-migration".
            "roleArnTo": 1, "externalId": "vams-1"                                              | $.roleArnTo: expected a string, found the number 1. Write the ARN of the role that reaches stack B, such as "arn:aws:iam::111122223333:role/vams-migration".
            "roleArnFrom": "arn:aws:iam::111122223333:role/reader"                              | $.externalId: "externalId" is missing. Add it and write the external id that the role's trust policy asks for: 2 to 1,224 letters, digits and characters of +=,.@:/-_.
            "roleArnFrom": "arn:aws:iam::111122223333:role/reader", "externalId": "a b"         | $.externalId: "a b" is no external id. Write the external id that the role's trust policy asks for: 2 to 1,224 letters, digits and characters of +=,.@:/-_.
            "externalId": "vams-1"                                                              | $.externalId: there is no role to be assumed with it. Add "roleArnFrom" or "roleArnTo", or remove it.
            """)
    void aRoleAndItsExternalIdAreChecked(String properties, String line) {
      assertThat(linesOf(plus(properties))).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            "kmsKeyArnsTo": "arn:aws:kms:us-east-1:111122223333:key/1"          | $.kmsKeyArnsTo: expected a list, found the string "arn:aws:kms:us-east-1:111122223333:key/1". Write a list, each element the ARN of a key that encrypts buckets or tables of stack B, such as "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".
            "kmsKeyArnsFrom": [1]                                               | $.kmsKeyArnsFrom[0]: expected a string, found the number 1. Write the ARN of a key that encrypts buckets or tables of stack A, such as "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".
            "kmsKeyArnsFrom": ["1234abcd-12ab-34cd-56ef-1234567890ab"]          | $.kmsKeyArnsFrom[0]: "1234abcd-12ab-34cd-56ef-1234567890ab" is no ARN of a KMS key. Write the ARN of a key that encrypts buckets or tables of stack A, such as "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".
            "kmsKeyArnsFrom": ["arn:aws:kms:us-east-1:111122223333:key/*"]      | $.kmsKeyArnsFrom[0]: "arn:aws:kms:us-east-1:111122223333:key/*" is no ARN of a KMS key. Write the ARN of a key that encrypts buckets or tables of stack A, such as "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".
            "kmsKeyArnsFrom": ["alias/assets"]                                  | $.kmsKeyArnsFrom[0]: "alias/assets" is an alias, and no permission can be given for one. Write the ARN of a key that encrypts buckets or tables of stack A, such as "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".
            "kmsKeyArnsFrom": ["arn:aws:kms:us-east-1:111122223333:alias/blue"] | $.kmsKeyArnsFrom[0]: "arn:aws:kms:us-east-1:111122223333:alias/blue" is an alias, and no permission can be given for one. Write the ARN of a key that encrypts buckets or tables of stack A, such as "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".
            "kmsKeyArnsTo": ["arn:aws:kms:eu-west-1:111122223333:key/1"]        | $.kmsKeyArnsTo[0]: the key is in eu-west-1, but stack B is in us-east-1. Write the key of that region: buckets and tables are encrypted with keys of their own region.
            """)
    void aKeyIsNamedByItsArnInTheRegionOfItsStack(String properties, String line) {
      assertThat(linesOf(plus(properties))).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            "SSE_S3"                                                   | : expected an object, found the string "SSE_S3". Write an object with "type", or remove it: then the bucket's default is used.
            {}                                                         | .type: "type" is missing. Add it and write one of "SSE_S3", "SSE_KMS", "DSSE_KMS".
            {"type": "AES256"}                                         | .type: "AES256" is not a value of "type". Write one of "SSE_S3", "SSE_KMS", "DSSE_KMS".
            {"type": "SSE_KMS"}                                        | .keyArn: "keyArn" is missing. Add it and write the ARN of a key of stack B that is in "kmsKeyArnsTo".
            {"type": "SSE_KMS", "keyArn": 1}                           | .keyArn: expected a string, found the number 1. Write the ARN of a key of stack B that is in "kmsKeyArnsTo".
            {"type": "SSE_KMS", "keyArn": "alias/blue"}                | .keyArn: "alias/blue" is not in "kmsKeyArnsTo". Add it there, so that the workers may use it, or write the ARN of a key of stack B that is in "kmsKeyArnsTo".
            {"type": "SSE_S3", "keyArn": "KEY"}                        | .keyArn: SSE_S3 uses S3's own keys. Remove it, or write "SSE_KMS" as the type.
            {"type": "SSE_S3", "bucketKey": true}                      | .bucketKey: SSE_S3 has no bucket keys. Remove it, or write "SSE_KMS" as the type.
            {"type": "DSSE_KMS", "keyArn": "KEY", "bucketKey": true}   | .bucketKey: DSSE_KMS has no bucket keys. Remove it, or write "SSE_KMS" as the type.
            {"type": "SSE_KMS", "keyArn": "KEY", "bucketKey": "true"}  | .bucketKey: expected true or false, found the string "true". Write true or false, without quotation marks.
            {"type": "SSE_KMS", "keyArn": "KEY", "bucketKeys": true}   | .bucketKeys: the property "bucketKeys" is unknown. Did you mean "bucketKey"?
            """)
    void anEncryptionIsOneThatS3HasWithAKeyThatIsGranted(String encryption, String line) {
      assertThat(linesOf(encrypted(encryption)))
          .containsExactly("$.VAMS_S3Bucket_Mapping[0].encryption" + line);
    }

    private static String jsonPath(String pointer) {
      return "$" + pointer.replaceAll("/(\\d+)", "[$1]").replace("/", ".");
    }
  }

  @Nested
  class WholeDocuments {

    @Test
    void withoutPairsThereIsNothingToCopy() {
      String message =
          "$: there is nothing to copy. Add at least one pair to \"VAMS_S3Bucket_Mapping\" or"
              + " \"VAMS_DynamoDBTable_Mapping\".";
      ObjectNode empty = (ObjectNode) without("/VAMS_DynamoDBTable_Mapping");
      empty.putArray("VAMS_S3Bucket_Mapping");

      assertThat(linesOf(empty)).containsExactly(message);
      assertThat(linesOf(without("/VAMS_S3Bucket_Mapping", "/VAMS_DynamoDBTable_Mapping")))
          .containsExactly(message);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
      String document =
          """
          {
            "regionFrom": "us-eest-1",
            "VAMS_S3Bucket_Mapping": [
              {
                "bucketDescriptor": "",
                "buckets": {"from": "S3Bucket_OldStack_Name", "to": 7, "to": "Green"}
              }
            ],
            "VAMS_DynamoDBTable_Mapping": [
              {
                "tableDescriptor": "assetStorageTable",
                "tables": {"from": "blue-AssetTable", "to": "green-AssetTable"},
                "attributes": [{"from": "assetType", "to": ""}]
              }
            ],
            "options": {"mode": "COPY", "maxConcurrency": 0}
          }
          """;

      assertThat(reader.read(document))
          .isInstanceOfSatisfying(
              InvalidSchema.class,
              invalid ->
                  assertThat(invalid.problems())
                      .allSatisfy(
                          problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.INPUT))
                      .extracting(Problem::where)
                      .containsExactly(
                          "$.VAMS_S3Bucket_Mapping[0].buckets.to",
                          "$.regionFrom",
                          "$.regionTo",
                          "$.VAMS_S3Bucket_Mapping[0].bucketDescriptor",
                          "$.VAMS_S3Bucket_Mapping[0].buckets.from",
                          "$.VAMS_S3Bucket_Mapping[0].buckets.to",
                          "$.VAMS_DynamoDBTable_Mapping[0].attributes[0].to",
                          "$.options.mode",
                          "$.options.maxConcurrency"));
    }

    @Test
    void allProblemsOfRolesAndKeysAreReportedAtOnce() {
      ObjectNode document =
          plus(
              """
              "roleArnFrom": "reader",
              "roleArnTo": "writer",
              "kmsKeyArnsFrom": ["alias/blue", "arn:aws:kms:mars-1:111122223333:key/1"],
              "kmsKeyArnsTo": [null]
              """);

      assertThat(reader.read(document.put("regionFrom", "mars-1")))
          .isInstanceOfSatisfying(
              InvalidSchema.class,
              invalid ->
                  assertThat(invalid.problems())
                      .extracting(Problem::where)
                      .containsExactly(
                          "$.regionFrom",
                          "$.roleArnFrom",
                          "$.roleArnTo",
                          "$.externalId",
                          "$.kmsKeyArnsFrom[0]",
                          "$.kmsKeyArnsTo[0]"));
    }

    @Test
    void aPropertyThatIsThereTwiceIsRefused() {
      String document = VALID.replace("\"retryOf\"", "\"regionTo\": \"us-east-1\",\n\"retryOf\"");

      assertThat(linesOf(document))
          .containsExactly(
              "$.regionTo: the property \"regionTo\" is there a second time, in line 26. Keep one of"
                  + " the two.");
    }

    @Test
    void anUnusualPropertyNameIsQuotedInItsPath() {
      assertThat(linesOf(with("/it's odd", "1")).get(0)).startsWith("$['it\\'s odd']: ");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {                    | line 1, column 2: this is not JSON: the text ends too early.
            {"regionFrom": "a",} | line 1, column 20: this is not JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name.
            {} {}                | line 1, column 4: this is not JSON: more text follows after the end of the document.
            """)
    void textThatIsNotJsonIsLocated(String document, String message) {
      assertThat(linesOf(document))
          .containsExactly(
              message
                  + " Correct the text there; often a comma, a quotation mark or a bracket is"
                  + " missing or too many.");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            ``  | nothing
            []  | a list
            "x" | the string "x"
            """)
    void aDocumentIsAnObject(String document, String found) {
      assertThat(linesOf(document))
          .containsExactly(
              "$: expected an object, found " + found + ". Write an object, as in the templates.");
    }
  }

  private MigrationSchema schemaOf(JsonNode document) {
    ParsedSchema parsed = reader.read(document);
    assertThat(parsed).isInstanceOf(ValidSchema.class);
    return ((ValidSchema) parsed).schema();
  }

  private List<String> linesOf(JsonNode document) {
    return linesOf(reader.read(document));
  }

  private List<String> linesOf(String document) {
    return linesOf(reader.read(document));
  }

  private static List<String> linesOf(ParsedSchema parsed) {
    assertThat(parsed).isInstanceOf(InvalidSchema.class);
    return ((InvalidSchema) parsed).problems().stream().map(Problem::line).toList();
  }
}
