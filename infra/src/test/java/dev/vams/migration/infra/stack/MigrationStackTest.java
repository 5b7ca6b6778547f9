package dev.vams.migration.infra.stack;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationStackTest {
  @TempDir static Path folder;

  private static MigrationTemplate template;

  @BeforeAll
  static void synthesize() throws IOException {
    template = MigrationTemplate.synthesize(folder, Scopes.small());
  }

  @Test
  void holdsOneBucketSevenFunctionsAndOneWorkflow() {
    assertThat(template.paths("AWS::S3::Bucket")).containsExactly("WorkBucket/Bucket");
    assertThat(template.paths("AWS::Lambda::Function"))
        .containsExactly(
            "Functions/Plan/Function",
            "Functions/CopyPrefix/Function",
            "Functions/CopySegment/Function",
            "Functions/VerifyUnit/Function",
            "Functions/Reconcile/Function",
            "Functions/Conclude/Function",
            "Notifications/Notify/Function");
    assertThat(template.paths("AWS::StepFunctions::StateMachine"))
        .containsExactly("Workflow/StateMachine");
  }

  @Test
  void tellsTheOperatorWhereToStartARunAndWhereItsReportsAre() {
    JsonNode outputs = template.root().path("Outputs");

    assertThat(template.text(outputs.path("StateMachineArn").path("Value")))
        .isEqualTo("${Workflow/StateMachine}");
    assertThat(template.text(outputs.path("WorkBucketName").path("Value")))
        .isEqualTo("${WorkBucket/Bucket}");
  }

  @Test
  void keepsTheWorkBucketPrivateEncryptedAndVersioned() {
    JsonNode bucket = template.properties("WorkBucket/Bucket");

    assertThat(bucket.findValuesAsText("SSEAlgorithm")).containsExactly("AES256");
    assertThat(bucket.path("PublicAccessBlockConfiguration").properties())
        .hasSize(4)
        .allMatch(block -> block.getValue().asBoolean());
    assertThat(bucket.path("VersioningConfiguration").path("Status").asText()).isEqualTo("Enabled");
  }

  @Test
  void tidiesTheWorkBucketUp() {
    JsonNode rule =
        template
            .properties("WorkBucket/Bucket")
            .path("LifecycleConfiguration")
            .path("Rules")
            .path(0);

    assertThat(rule.path("Status").asText()).isEqualTo("Enabled");
    assertThat(rule.at("/NoncurrentVersionExpiration/NoncurrentDays").asInt()).isEqualTo(30);
    assertThat(rule.at("/AbortIncompleteMultipartUpload/DaysAfterInitiation").asInt()).isEqualTo(7);
    assertThat(rule.path("ExpirationInDays").asInt()).isEqualTo(365);
  }

  @Test
  void letsNobodyUseTheWorkBucketWithoutTls() {
    JsonNode statement =
        template.properties("WorkBucket/Bucket/Policy").at("/PolicyDocument/Statement/0");

    assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
    assertThat(statement.path("Action").asText()).isEqualTo("s3:*");
    assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("false");
  }

  @Test
  void deletesTheWorkBucketWithTheStack() {
    assertThat(template.resource("WorkBucket/Bucket").path("DeletionPolicy").asText())
        .isEqualTo("Delete");
  }

  @Test
  void keepsTheWorkBucketOnlyWhenTold() throws IOException {
    MigrationTemplate told =
        MigrationTemplate.synthesize(folder, SettingsBuilder.of(Scopes.small()).retainWorkBucket());

    assertThat(told.resource("WorkBucket/Bucket").path("DeletionPolicy").asText())
        .isEqualTo("Retain");
  }

  @Test
  void encryptsTheWorkBucketWithTheKeyItIsTold() throws IOException {
    JsonNode rule =
        MigrationTemplate.synthesize(
                folder, SettingsBuilder.of(Scopes.small()).workBucketKeyArn(Scopes.NEW_KEY))
            .properties("WorkBucket/Bucket")
            .at("/BucketEncryption/ServerSideEncryptionConfiguration/0");

    assertThat(rule.path("BucketKeyEnabled").asBoolean()).isTrue();
    assertThat(rule.at("/ServerSideEncryptionByDefault/SSEAlgorithm").asText())
        .isEqualTo("aws:kms");
    assertThat(rule.at("/ServerSideEncryptionByDefault/KMSMasterKeyID").asText())
        .isEqualTo(Scopes.NEW_KEY);
  }

  @Test
  void runsAllFunctionsAlikeButForTheirMemory() {
    Map<String, Integer> memory = new TreeMap<>();
    for (String path : template.paths("AWS::Lambda::Function")) {
      JsonNode function = template.properties(path);

      assertThat(function.path("Runtime").asText()).isEqualTo("java25");
      assertThat(function.path("Architectures").path(0).asText()).isEqualTo("arm64");
      assertThat(function.path("Timeout").asInt()).isEqualTo(900);
      memory.put(function.path("Handler").asText(), function.path("MemorySize").asInt());
      assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
      assertThat(function.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
      assertThat(template.text(function.at("/Environment/Variables/WORK_BUCKET")))
          .isEqualTo("${WorkBucket/Bucket}");
      assertThat(function.at("/Environment/Variables/POWERTOOLS_SERVICE_NAME").asText())
          .isEqualTo("vams-migration");
      assertThat(function.at("/Environment/Variables/POWERTOOLS_METRICS_NAMESPACE").asText())
          .isEqualTo("VamsMigration");
      assertThat(function.at("/Environment/Variables/POWERTOOLS_LOG_LEVEL").asText())
          .isEqualTo("INFO");
      assertThat(template.text(function.at("/LoggingConfig/LogGroup")))
          .isEqualTo("${" + path.replaceFirst("/Function$", "/Logs") + "}");
    }
    String handlers = "dev.vams.migration.workflow.";
    assertThat(memory)
        .containsOnly(
            entry(handlers + "PlanHandler", 1_769),
            entry(handlers + "CopyPrefixHandler", 1_769),
            entry(handlers + "CopySegmentHandler", 1_769),
            entry(handlers + "VerifyUnitHandler", 1_769),
            entry(handlers + "ReconcileHandler", 1_024),
            entry(handlers + "ConcludeHandler", 1_024),
            entry(handlers + "NotifyHandler", 512));
  }

  @Test
  void reservesInvocationsForTheWorkersAndLeavesMostToTheApplication() throws IOException {
    assertThat(reserved(template))
        .containsOnly(
            entry("Functions/CopyPrefix/Function", 100),
            entry("Functions/CopySegment/Function", 100),
            entry("Functions/VerifyUnit/Function", 100));
    assertThat(
            reserved(
                MigrationTemplate.synthesize(
                    folder, SettingsBuilder.of(Scopes.small()).workerConcurrency(0))))
        .isEmpty();
  }

  private static Map<String, Integer> reserved(MigrationTemplate template) {
    String property = "ReservedConcurrentExecutions";
    return template.paths("AWS::Lambda::Function").stream()
        .filter(path -> template.properties(path).has(property))
        .collect(toMap(path -> path, path -> template.properties(path).path(property).asInt()));
  }

  @Test
  void publishesAVersionOfEachWorkerBehindItsAlias() {
    assertThat(template.paths("AWS::Lambda::Alias"))
        .hasSize(7)
        .allSatisfy(
            path -> {
              JsonNode alias = template.properties(path);
              assertThat(alias.path("Name").asText()).isEqualTo("live");
              assertThat(template.text(alias.path("FunctionVersion")))
                  .isEqualTo(
                      "${" + path.replace("/Live", "/Function/CurrentVersion") + ".Version}");
            });
  }

  @Test
  void keepsTheLogsOfEachWorkerAndOfTheWorkflowForThreeMonths() {
    assertThat(template.paths("AWS::Logs::LogGroup"))
        .hasSize(8)
        .allSatisfy(
            path ->
                assertThat(template.properties(path).path("RetentionInDays").asInt())
                    .isEqualTo(90));
  }

  @Test
  void tracesTheWorkflowAndLogsItsErrorsWithoutTheData() {
    JsonNode stateMachine = template.properties("Workflow/StateMachine");

    assertThat(stateMachine.path("StateMachineType").asText()).isEqualTo("STANDARD");
    assertThat(stateMachine.at("/TracingConfiguration/Enabled").asBoolean()).isTrue();
    JsonNode logging = stateMachine.path("LoggingConfiguration");
    assertThat(logging.path("Level").asText()).isEqualTo("ERROR");
    assertThat(logging.path("IncludeExecutionData").asBoolean(true)).isFalse();
    assertThat(template.text(logging.at("/Destinations/0/CloudWatchLogsLogGroup/LogGroupArn")))
        .isEqualTo("${Workflow/Logs.Arn}");
    assertThat(template.properties("Workflow/Logs").path("LogGroupName").asText())
        .isEqualTo("/aws/vendedlogs/states/VamsDataMigration");
  }
}
