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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void deploysToTheTargetRegionWithDefaults() {
    MigrationSettings settings = MigrationSettings.from(context::get);

    assertThat(settings.region()).isEqualTo("eu-west-1");
    assertThat(settings.deployCommand()).isEqualTo("npx cdk deploy -c schema=" + SCHEMA);
    assertThat(settings.workerConcurrency()).isEqualTo(100);
    assertThat(settings.retainWorkBucket()).isFalse();
    assertThat(settings.workBucketKeyArn()).isEmpty();
    assertThat(settings.schemaBuckets()).isEmpty();
    assertThat(settings.scopes()).hasSize(1);
    assertThat(settings.definition()).isEqualTo(folder.resolve("workflow.asl.json"));
    assertThat(settings.workflowJar()).isEqualTo(folder.resolve("workflow.jar"));
  }

  @Test
  void theCommandThatDeploysAgainKeepsAllThatWasGiven() {
    context.put("schemaBuckets", "one, two");
    context.put("retainWorkBucket", true);
    context.put("workerConcurrency", "50");
    context.put("region", "eu-west-1");

    assertThat(MigrationSettings.from(context::get).deployCommand())
        .isEqualTo(
            "npx cdk deploy -c region=eu-west-1 -c workerConcurrency=50 -c retainWorkBucket=true"
                + " -c 'schemaBuckets=one, two' -c schema="
                + SCHEMA);
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
    context.put("retainWorkBucket", "true");
    assertThat(MigrationSettings.from(context::get).retainWorkBucket()).isTrue();

    context.put("retainWorkBucket", true);
    assertThat(MigrationSettings.from(context::get).retainWorkBucket()).isTrue();
  }

  @Test
  void refusesAFlagThatIsNeitherTrueNorFalse() {
    context.put("retainWorkBucket", "yes");

    assertThatThrownBy(() -> MigrationSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessage("The context key retainWorkBucket is \"yes\": write true or false.");
  }

  @Test
  void readsHowManyInvocationsToReserve() {
    context.put("workerConcurrency", "0");
    assertThat(MigrationSettings.from(context::get).workerConcurrency()).isZero();

    context.put("workerConcurrency", 250);
    assertThat(MigrationSettings.from(context::get).workerConcurrency()).isEqualTo(250);
  }

  @ParameterizedTest
  @CsvSource({
    "workerConcurrency, -1, write how many invocations to reserve",
    "workerConcurrency, many, write how many invocations to reserve",
    "workBucketKeyArn, alias/mine, write the ARN of a KMS key",
    "schemaBuckets, 'mine,*', 'names \"*\", which is no bucket''s name'"
  })
  void refusesAValueThatMakesNoSense(String key, String value, String reason) {
    context.put(key, value);

    assertThatThrownBy(() -> MigrationSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("The context key " + key)
        .hasMessageContaining(reason);
  }

  @Test
  void readsTheKeyOfTheWorkBucketAndTheBucketsOfSchemas() {
    context.put("workBucketKeyArn", "arn:aws:kms:eu-west-1:111122223333:key/0a1b");
    context.put("schemaBuckets", "one, two");

    MigrationSettings settings = MigrationSettings.from(context::get);

    assertThat(settings.workBucketKeyArn())
        .isEqualTo("arn:aws:kms:eu-west-1:111122223333:key/0a1b");
    assertThat(settings.schemaBuckets()).containsExactly("one", "two");
  }

  @Test
  void saysHowToBuildTheWorkersWhenTheirJarIsMissing() {
    context.put("workflowJar", folder.resolve("none.jar").toString());

    assertThatThrownBy(() -> MigrationSettings.from(context::get))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("./mvnw -pl lambdas/workflow -am package -DskipTests");
  }
}
