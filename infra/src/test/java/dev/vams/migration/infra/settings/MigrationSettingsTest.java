package dev.vams.migration.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationSettingsTest {
  private static final String SCHEMA = "src/test/resources/schema.json";

  @TempDir Path folder;

  private final Map<String, Object> context = new HashMap<>();

  @BeforeEach
  void fillContext() throws IOException {
    context.put("schema", SCHEMA);
    context.put("definition", Files.createFile(folder.resolve("workflow.asl.json")).toString());
    context.put("workflowJar", Files.createFile(folder.resolve("workflow.jar")).toString());
  }

  @Test
  void deploysToTheTargetRegionAndKeepsTheWorkBucketUnlessToldOtherwise() {
    MigrationSettings settings = MigrationSettings.from(context::get);

    assertThat(settings.region()).isEqualTo("eu-west-1");
    assertThat(settings.destroyWorkBucket()).isFalse();
    assertThat(settings.scopes()).hasSize(1);
    assertThat(settings.definition()).isEqualTo(folder.resolve("workflow.asl.json"));
    assertThat(settings.workflowJar()).isEqualTo(folder.resolve("workflow.jar"));
  }

  @Test
  void saysWhatToPassWhenTheSchemaIsMissing() {
    context.remove("schema");

    assertThatThrownBy(() -> MigrationSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("npx cdk synth -c schema=config/examples/vams-2.1-same-region.json");
  }

  @Test
  void readsSeveralSchemas() {
    context.put("schema", SCHEMA + " , " + SCHEMA + ",");

    assertThat(MigrationSettings.from(context::get).scopes()).hasSize(2);
  }

  @Test
  void asksForTheRegionWhenTheSchemasDisagree() throws IOException {
    Path elsewhere =
        Files.writeString(
            folder.resolve("elsewhere.json"),
            Files.readString(Path.of(SCHEMA)).replace("eu-west-1", "ap-south-1"));
    context.put("schema", SCHEMA + "," + elsewhere);

    assertThatThrownBy(() -> MigrationSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("eu-west-1, ap-south-1")
        .hasMessageContaining("-c region=<region>");

    context.put("region", "ap-south-1");
    assertThat(MigrationSettings.from(context::get).region()).isEqualTo("ap-south-1");
  }

  @Test
  void takesTheFlagAsTextAndAsBoolean() {
    context.put("destroyWorkBucket", "true");
    assertThat(MigrationSettings.from(context::get).destroyWorkBucket()).isTrue();

    context.put("destroyWorkBucket", true);
    assertThat(MigrationSettings.from(context::get).destroyWorkBucket()).isTrue();
  }

  @Test
  void refusesAFlagThatIsNeitherTrueNorFalse() {
    context.put("destroyWorkBucket", "yes");

    assertThatThrownBy(() -> MigrationSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessage("The context key destroyWorkBucket is \"yes\": write true or false.");
  }

  @Test
  void saysHowToBuildTheWorkersWhenTheirJarIsMissing() {
    context.put("workflowJar", folder.resolve("none.jar").toString());

    assertThatThrownBy(() -> MigrationSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("./mvnw -pl lambdas/workflow -am package -DskipTests");
  }
}
