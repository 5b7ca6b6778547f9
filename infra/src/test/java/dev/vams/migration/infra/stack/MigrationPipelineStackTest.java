package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.infra.settings.PipelineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

class MigrationPipelineStackTest {
  private static final String CONNECTION =
      "arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b";

  @TempDir static Path folder;

  private static MigrationTemplate template;
  private static JsonNode stages;

  @BeforeAll
  static void synthesize() throws IOException {
    template = MigrationTemplate.of(pipeline(MigrationTemplate.app(folder.resolve("out"))));
    stages = template.properties("Pipeline").path("Stages");
  }

  static Stack pipeline(App app) {
    return new MigrationPipelineStack(
        app,
        "VamsDataMigrationPipeline",
        new PipelineSettings(CONNECTION, "team", "vams", "main", "config/mine.json"),
        "eu-west-1",
        MigrationTemplate.STACK);
  }

  @Test
  void goesFromTheSourceThroughTheDeploymentToTheData() {
    assertThat(template.properties("Pipeline").path("PipelineType").asText()).isEqualTo("V2");
    assertThat(stages.findValuesAsText("Provider"))
        .containsExactly("CodeStarSourceConnection", "CodeBuild", "StepFunctions", "Manual");
    assertThat(stages)
        .extracting(stage -> stage.path("Name").asText())
        .containsExactly("Source", "Deploy", "MigrateData");
  }

  @Test
  void deploysThePermissionsOfTheSchemaItRuns() throws IOException {
    JsonNode project = template.properties("Deployment");

    String buildSpec = project.at("/Source/BuildSpec").asText();
    assertThat(buildSpec).isEqualTo("infra/deploy.buildspec.yml");
    assertThat(Files.readString(Path.of("..", buildSpec)))
        .contains(
            "npx cdk deploy "
                + MigrationTemplate.STACK
                + " --require-approval never -c schema=\"$SCHEMA\"");
    assertThat(project.at("/Environment/EnvironmentVariables/0/Value").asText())
        .isEqualTo("config/mine.json");
  }

  @Test
  void runsTheWorkflowWithTheSchemaOfTheSource() {
    JsonNode migrate = stages.at("/2/Actions/0");

    assertThat(template.text(migrate.at("/Configuration/StateMachineArn")))
        .isEqualTo("${VamsDataMigration:StateMachineArn}");
    assertThat(migrate.at("/Configuration/InputType").asText()).isEqualTo("FilePath");
    assertThat(migrate.at("/Configuration/Input").asText()).isEqualTo("Source::config/mine.json");
    assertThat(migrate.at("/InputArtifacts/0/Name").asText()).isEqualTo("Source");
  }

  @Test
  void asksForApprovalAfterTheRunAndSaysWhereTheReportIs() {
    JsonNode migrate = stages.at("/2/Actions/0");
    JsonNode approve = stages.at("/2/Actions/1");

    assertThat(approve.path("RunOrder").asInt()).isGreaterThan(migrate.path("RunOrder").asInt());
    assertThat(migrate.path("Namespace").asText()).isEqualTo("MigrateData");
    assertThat(template.text(approve.at("/Configuration/CustomData")))
        .contains("s3://${VamsDataMigration:WorkBucketName}/runs/RUN/report.txt")
        .contains("#{MigrateData.ExecutionArn}")
        .hasSizeLessThan(1_000);
  }

  @Test
  void takesWhatTheMigrationExports() throws IOException {
    JsonNode outputs = MigrationTemplate.synthesize(folder, Scopes.small()).root().path("Outputs");

    assertThat(outputs.findValuesAsText("Name"))
        .contains("VamsDataMigration:StateMachineArn", "VamsDataMigration:WorkBucketName");
  }

  @Test
  void mayDeployAsTheCdkAndStartRunsAndNothingElseOutsideItself() {
    List<String> own = List.of("s3:", "logs:", "codebuild:");

    assertThat(template.statements())
        .filteredOn(
            statement -> own.stream().noneMatch(it -> statement.actions().get(0).startsWith(it)))
        .filteredOn(statement -> !statement.resources().toString().contains("${Pipeline/"))
        .containsExactlyInAnyOrder(
            new Statement(
                "DeployAsTheCdk",
                List.of("sts:AssumeRole"),
                List.of(role("deploy-role"), role("file-publishing-role"), role("lookup-role"))),
            new Statement("", List.of("codestar-connections:UseConnection"), List.of(CONNECTION)),
            new Statement(
                "",
                List.of("states:DescribeStateMachine", "states:StartExecution"),
                List.of("${VamsDataMigration:StateMachineArn}")),
            new Statement(
                "",
                List.of("states:DescribeExecution"),
                List.of(
                    "arn:${VamsDataMigration:StateMachineArn}[1]:states:${VamsDataMigration:StateMachineArn}[3]"
                        + ":${VamsDataMigration:StateMachineArn}[4]:execution:${VamsDataMigration:StateMachineArn}[6]:pipeline*")));
  }

  private static String role(String name) {
    return "arn:aws:iam::${AWS::AccountId}:role/cdk-hnb659fds-"
        + name
        + "-${AWS::AccountId}-eu-west-1";
  }
}
