package dev.vams.migration.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFileTest {
  @TempDir Path folder;

  @Test
  void readsTheNamesInTheirOrder() {
    MigrationScope scope = SchemaFile.read(Path.of("src/test/resources/schema.json"));

    assertThat(scope.source()).isEqualTo(new StackSide("us-east-1", "", List.of()));
    assertThat(scope.target()).isEqualTo(new StackSide("eu-west-1", "", List.of()));
    assertThat(scope.buckets())
        .containsExactly(
            new Pair("old-assets", "new-assets"), new Pair("old-visualizer", "new-visualizer"));
    assertThat(scope.tables())
        .containsExactly(
            new Pair("old-AssetStorageTable", "new-AssetStorageTable"),
            new Pair("old-DatabaseStorageTable", "new-DatabaseStorageTable"));
  }

  @Test
  void acceptsASchemaWithoutTables() throws IOException {
    Path file =
        schema(
            """
            {"regionFrom": "us-gov-west-1", "regionTo": "us-gov-west-1",
             "VAMS_S3Bucket_Mapping": [{"buckets": {"from": "a.b-c", "to": "d.e-f"}}]}""");

    assertThat(SchemaFile.read(file).tables()).isEmpty();
  }

  @Test
  void readsWhichTablesAreSynced() throws IOException {
    Path file =
        schema(
            """
            {
              "regionFrom": "eu-west-1",
              "regionTo": "eu-west-1",
              "VAMS_DynamoDBTable_Mapping": [
                {"tables": {"from": "old-one", "to": "new-one"}},
                {"tables": {"from": "old-two", "to": "new-two"}, "ifTargetNotEmpty": "MERGE"}
              ],
              "options": {"ifTargetNotEmpty": "SYNC"}
            }
            """);

    assertThat(SchemaFile.read(file).tables())
        .extracting(Pair::isSynced)
        .containsExactly(true, false);
  }

  @Test
  void readsWhetherObjectsAreDeletedOrRestored() throws IOException {
    String pair =
        "\"VAMS_S3Bucket_Mapping\": [{\"buckets\": {\"from\": \"a.b-c\", \"to\": \"d.e-f\"}}]";
    String regions = "\"regionFrom\": \"eu-west-1\", \"regionTo\": \"eu-west-1\"";

    assertThat(SchemaFile.read(schema("{%s, %s}".formatted(regions, pair))).deletesExtraneous())
        .isFalse();
    assertThat(
            SchemaFile.read(
                    schema(
                        "{%s, %s, \"options\": {\"deleteExtraneous\": true}}"
                            .formatted(regions, pair)))
                .deletesExtraneous())
        .isTrue();
    assertThat(SchemaFile.read(schema("{%s, %s}".formatted(regions, pair))).restoresArchived())
        .isFalse();
    assertThat(
            SchemaFile.read(
                    schema(
                        "{%s, %s, \"options\": {\"archived\": \"RESTORE\"}}"
                            .formatted(regions, pair)))
                .restoresArchived())
        .isTrue();
  }

  @Test
  void namesEveryProblemAtOnce() throws IOException {
    Path file =
        schema(
            """
            {"regionFrom": "Virginia",
             "VAMS_S3Bucket_Mapping": [
               {"buckets": {"from": "good-bucket", "to": "*"}},
               {"buckets": {"from": "S3Bucket_OldStack_Name", "to": "good-bucket"}}],
             "VAMS_DynamoDBTable_Mapping": [{"tables": {"from": "good-table"}}]}""");

    assertThatThrownBy(() -> SchemaFile.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            The migration schema %s cannot be deployed:
              - $.regionFrom is "Virginia": write the name of an AWS region, such as eu-west-1
              - $.regionTo is "": write the name of an AWS region, such as eu-west-1
              - $.VAMS_S3Bucket_Mapping[0].buckets.to is "*": write a name of letters, digits, dots, dashes and underscores
              - $.VAMS_S3Bucket_Mapping[1].buckets.from is "S3Bucket_OldStack_Name": this is the template's placeholder, write the real name
              - $.VAMS_DynamoDBTable_Mapping[0].tables.to is "": write a name of letters, digits, dots, dashes and underscores""",
            file);
  }

  @Test
  void readsRolesAndKeys() throws IOException {
    Path file =
        schema(
            """
            {"regionFrom": "us-east-1", "regionTo": "eu-west-1",
             "roleArnFrom": "arn:aws:iam::111122223333:role/team/migration", "externalId": "id-1",
             "kmsKeyArnsFrom": ["arn:aws:kms:us-east-1:111122223333:key/mrk-0a1b"],
             "kmsKeyArnsTo": [],
             "VAMS_S3Bucket_Mapping": [{"buckets": {"from": "a.b-c", "to": "d.e-f"}}]}""");

    MigrationScope scope = SchemaFile.read(file);

    assertThat(scope.source())
        .isEqualTo(
            new StackSide(
                "us-east-1",
                "arn:aws:iam::111122223333:role/team/migration",
                List.of("arn:aws:kms:us-east-1:111122223333:key/mrk-0a1b")));
    assertThat(scope.target().hasRole()).isFalse();
  }

  @Test
  void namesEveryProblemOfRolesAndKeysAtOnce() throws IOException {
    Path file =
        schema(
            """
            {"regionFrom": "us-east-1", "regionTo": "eu-west-1",
             "roleArnFrom": "arn:aws:iam::111122223333:role/*", "roleArnTo": "", "externalId": "*",
             "kmsKeyArnsFrom": ["arn:aws:kms:us-east-1:111122223333:alias/mine",
                                "arn:aws:kms:eu-west-1:111122223333:key/0a1b"],
             "kmsKeyArnsTo": "arn:aws:kms:eu-west-1:111122223333:key/0a1b",
             "VAMS_S3Bucket_Mapping": [{"buckets": {"from": "good-bucket", "to": "good-bucket"}}]}""");

    assertThatThrownBy(() -> SchemaFile.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            The migration schema %s cannot be deployed:
              - $.roleArnFrom is "arn:aws:iam::111122223333:role/*": write the ARN of a role, such as arn:aws:iam::111122223333:role/migration, or leave it out
              - $.kmsKeyArnsFrom[0] is "arn:aws:kms:us-east-1:111122223333:alias/mine": write the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111122223333:key/<id>, and no alias
              - $.kmsKeyArnsFrom[1] is "arn:aws:kms:eu-west-1:111122223333:key/0a1b": buckets and tables are encrypted with keys of their own region, which is us-east-1
              - $.roleArnTo is "": write the ARN of a role, such as arn:aws:iam::111122223333:role/migration, or leave it out
              - $.kmsKeyArnsTo is not a list: write the ARNs of KMS keys in brackets
              - $.externalId is "*": a role is given, so write the external id that its trust policy asks for, 2 characters or more""",
            file);
  }

  @Test
  void refusesASchemaThatNamesNothing() throws IOException {
    Path file = schema("{\"regionFrom\": \"eu-west-1\", \"regionTo\": \"eu-west-1\"}");

    assertThatThrownBy(() -> SchemaFile.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("it names no bucket and no table");
  }

  @Test
  void saysWhenTheFileIsNotJson() throws IOException {
    Path file = schema("regionFrom: eu-west-1");

    assertThatThrownBy(() -> SchemaFile.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("The migration schema " + file + " is not valid JSON: ");
  }

  @Test
  void saysWhenThereIsNoSuchFile() {
    Path file = folder.resolve("none.json");

    assertThatThrownBy(() -> SchemaFile.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "There is no migration schema at " + file + ": pass its path with -c schema=<file>.");
  }

  private Path schema(String json) throws IOException {
    return Files.writeString(folder.resolve("schema.json"), json);
  }
}
