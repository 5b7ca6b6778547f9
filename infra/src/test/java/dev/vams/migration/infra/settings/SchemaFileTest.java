package dev.vams.migration.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFileTest {
  @TempDir Path folder;

  @Test
  void readsTheNamesInTheirOrder() {
    MigrationScope scope = SchemaFile.read(Path.of("src/test/resources/schema.json"));

    assertThat(scope.sourceRegion()).isEqualTo("us-east-1");
    assertThat(scope.targetRegion()).isEqualTo("eu-west-1");
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
