package dev.vams.migration.infra.stack;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsTest {
  private static final Statement LIST_WORK_BUCKET =
      new Statement(
          "ListWorkBucket", List.of("s3:ListBucket"), List.of("${WorkBucket/Bucket.Arn}"));

  /** X-Ray's actions know no resources. */
  private static final Statement TRACE =
      new Statement("", List.of("xray:PutTelemetryRecords", "xray:PutTraceSegments"), List.of("*"));

  /** Neither do those of log delivery, by which Step Functions writes its logs. */
  private static final Statement TRACE_AND_DELIVER_LOGS =
      new Statement(
          "",
          List.of(
              "logs:CreateLogDelivery",
              "logs:DeleteLogDelivery",
              "logs:DescribeLogGroups",
              "logs:DescribeResourcePolicies",
              "logs:GetLogDelivery",
              "logs:ListLogDeliveries",
              "logs:PutResourcePolicy",
              "logs:UpdateLogDelivery",
              "xray:GetSamplingRules",
              "xray:GetSamplingTargets",
              "xray:PutTelemetryRecords",
              "xray:PutTraceSegments"),
          List.of("*"));

  private static final String[] INSPECT_BUCKET = {
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite"
  };

  private static final String[] INSPECT_TABLE = {
    "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive"
  };

  private static final Statement LIST_SOURCE =
      new Statement(
          "ReadSourceBuckets",
          List.of("s3:ListBucket", "s3:ListBucketVersions"),
          List.of("arn:aws:s3:::old-assets"));
  private static final Statement LIST_TARGET =
      new Statement(
          "ReadTargetBuckets",
          List.of("s3:ListBucket", "s3:ListBucketVersions"),
          List.of("arn:aws:s3:::new-assets"));
  private static final Statement READ_SOURCE =
      new Statement(
          "ReadSourceObjects",
          List.of("s3:GetObject", "s3:GetObjectVersion"),
          List.of("arn:aws:s3:::old-assets/*"));
  private static final Statement READ_SOURCE_TO_COPY =
      new Statement(
          "ReadSourceObjects",
          List.of(
              "s3:GetObject",
              "s3:GetObjectAcl",
              "s3:GetObjectLegalHold",
              "s3:GetObjectRetention",
              "s3:GetObjectTagging",
              "s3:GetObjectVersion",
              "s3:GetObjectVersionAcl",
              "s3:GetObjectVersionTagging"),
          List.of("arn:aws:s3:::old-assets/*"));
  private static final Statement READ_TARGET =
      new Statement(
          "ReadTargetObjects",
          List.of("s3:GetObject", "s3:GetObjectVersion"),
          List.of("arn:aws:s3:::new-assets/*"));
  private static final Statement WRITE_TARGET =
      new Statement(
          "WriteTargetObjects",
          List.of(
              "s3:AbortMultipartUpload",
              "s3:ListMultipartUploadParts",
              "s3:PutObject",
              "s3:PutObjectLegalHold",
              "s3:PutObjectRetention",
              "s3:PutObjectTagging"),
          List.of("arn:aws:s3:::new-assets/*"));

  private static final Statement DELETE_TARGET =
      new Statement("DeleteTargetObjects", List.of("s3:DeleteObject"), WRITE_TARGET.resources());

  private static final Statement SCAN_SOURCE =
      new Statement(
          "ReadSourceTables",
          List.of("dynamodb:Scan"),
          List.of("arn:aws:dynamodb:us-east-1:${AWS::AccountId}:table/old-databases"));
  private static final Statement SCAN_TARGET =
      new Statement(
          "ReadTargetTables",
          List.of("dynamodb:BatchGetItem", "dynamodb:Scan"),
          List.of("arn:aws:dynamodb:eu-west-1:${AWS::AccountId}:table/new-databases"));
  private static final Statement PUT_TARGET =
      new Statement(
          "WriteTargetTables",
          List.of("dynamodb:BatchWriteItem", "dynamodb:PutItem"),
          List.of("arn:aws:dynamodb:eu-west-1:${AWS::AccountId}:table/new-databases"));

  @TempDir static Path folder;

  private static MigrationTemplate template;

  @BeforeAll
  static void synthesize() throws IOException {
    template = MigrationTemplate.synthesize(folder, Scopes.small());
  }

  @Test
  void letsTheWorkflowCallItsWorkersAndRunItsMaps() {
    String executions =
        "arn:aws:states:eu-west-1:${AWS::AccountId}:execution:${Workflow/StateMachine.Name}";
    assertThat(template.statements("Workflow/Role"))
        .containsExactlyInAnyOrder(
            new Statement(
                "InvokeTasks",
                List.of("lambda:InvokeFunction"),
                List.of(
                    "${Functions/Conclude/Live}",
                    "${Functions/CopyPrefix/Live}",
                    "${Functions/CopySegment/Live}",
                    "${Functions/Plan/Live}",
                    "${Functions/Reconcile/Live}",
                    "${Functions/VerifyUnit/Live}")),
            LIST_WORK_BUCKET,
            new Statement(
                "UseWorkObjects",
                List.of(
                    "s3:AbortMultipartUpload",
                    "s3:GetObject",
                    "s3:ListMultipartUploadParts",
                    "s3:PutObject"),
                List.of("${WorkBucket/Bucket.Arn}/*")),
            TRACE_AND_DELIVER_LOGS,
            new Statement(
                "StartMapExecutions",
                List.of("states:StartExecution"),
                List.of("${Workflow/StateMachine}")),
            new Statement(
                "FollowMapExecutions",
                List.of("states:DescribeExecution", "states:StopExecution"),
                List.of(executions + "/*", executions + ":*")),
            new Statement(
                "RedriveMapExecutions",
                List.of("states:RedriveExecution"),
                List.of(executions + "/*")));
  }

  @Test
  void letsThePlannerProveThatTheWorkersMayReadAndWrite() {
    assertThat(template.statements("Functions/Plan/Role"))
        .containsExactlyInAnyOrderElementsOf(
            worker(
                "Plan",
                List.of(
                    READ_SOURCE_TO_COPY,
                    READ_TARGET,
                    PUT_TARGET,
                    WRITE_TARGET,
                    and(LIST_SOURCE, INSPECT_BUCKET),
                    and(LIST_TARGET, INSPECT_BUCKET),
                    and(SCAN_SOURCE, INSPECT_TABLE),
                    and(SCAN_TARGET, INSPECT_TABLE))));
  }

  @Test
  void readsNoVersionsAndDeletesNothingWhereOnlyCurrentVersionsAreCopied() throws IOException {
    MigrationTemplate current =
        MigrationTemplate.synthesize(
            folder,
            Scopes.of(List.of(new Pair("old-assets", "new-assets", false, false)), List.of()));

    assertThat(current.statements())
        .flatExtracting(Statement::actions)
        .contains("s3:PutObjectTagging")
        .doesNotContain("s3:DeleteObject")
        .noneMatch(
            action ->
                action.startsWith("s3:")
                    && action.contains("Version")
                    && !action.equals("s3:GetBucketVersioning"));
  }

  @Test
  void letsObjectsBeDeletedOnlyInTheBucketsOfASchemaThatAsksForIt() throws IOException {
    MigrationScope small = Scopes.small();
    MigrationScope mirror =
        new MigrationScope(
            small.source(),
            small.target(),
            List.of(new Pair("old-files", "new-files", false, false)),
            List.of(),
            true,
            false);
    MigrationTemplate both = MigrationTemplate.synthesize(folder, small, mirror);
    Statement delete =
        new Statement(
            "DeleteTargetObjects", List.of("s3:DeleteObject"), List.of("arn:aws:s3:::new-files/*"));

    assertThat(deletions(both, "Plan"))
        .as("the other schema copies all versions, which Plan does not try")
        .containsExactly(delete);
    assertThat(deletions(both, "CopyPrefix"))
        .flatExtracting(Statement::resources)
        .containsExactlyInAnyOrder("arn:aws:s3:::new-assets/*", "arn:aws:s3:::new-files/*");
    assertThat(deletions(template, "Plan")).isEmpty();
  }

  private static List<Statement> deletions(MigrationTemplate template, String task) {
    return template.statements("Functions/" + task + "/Role").stream()
        .filter(statement -> statement.actions().contains("s3:DeleteObject"))
        .toList();
  }

  @Test
  void letsNobodyDeleteAVersion() throws IOException {
    MigrationScope small = Scopes.small();
    MigrationScope mirror =
        new MigrationScope(
            small.source(), small.target(), small.buckets(), small.tables(), true, true);

    assertThat(MigrationTemplate.synthesize(folder, mirror).statements())
        .flatExtracting(Statement::actions)
        .contains("s3:DeleteObject")
        .doesNotContain("s3:DeleteObjectVersion");
  }

  @Test
  void letsObjectsBeRestoredOnlyInTheBucketsOfASchemaThatAsksForIt() throws IOException {
    MigrationScope small = Scopes.small();
    MigrationScope archive =
        new MigrationScope(
            small.source(),
            small.target(),
            List.of(new Pair("old-files", "new-files")),
            List.of(),
            false,
            true);
    MigrationTemplate both = MigrationTemplate.synthesize(folder, small, archive);
    Statement restore =
        new Statement(
            "RestoreSourceObjects",
            List.of("s3:RestoreObject"),
            List.of("arn:aws:s3:::old-files/*"));

    for (String task : List.of("CopyPrefix", "Plan")) {
      assertThat(both.statements("Functions/" + task + "/Role")).contains(restore);
    }
    assertThat(both.statements()).filteredOn(restore::equals).hasSize(2);
    assertThat(template.statements())
        .flatExtracting(Statement::actions)
        .doesNotContain("s3:RestoreObject");
  }

  @Test
  void letsTheVerifierOnlyRead() {
    assertThat(template.statements("Functions/VerifyUnit/Role"))
        .containsExactlyInAnyOrderElementsOf(
            worker(
                "VerifyUnit",
                List.of(
                    LIST_SOURCE, LIST_TARGET, READ_SOURCE, READ_TARGET, SCAN_SOURCE, SCAN_TARGET)));
  }

  @Test
  void letsTheBucketCopierTouchNoTable() {
    assertThat(template.statements("Functions/CopyPrefix/Role"))
        .containsExactlyInAnyOrderElementsOf(
            worker(
                "CopyPrefix",
                List.of(
                    LIST_SOURCE,
                    LIST_TARGET,
                    READ_SOURCE_TO_COPY,
                    READ_TARGET,
                    WRITE_TARGET,
                    DELETE_TARGET)));
  }

  @Test
  void letsTheTableCopierTouchNoBucketButTheWorkBucket() {
    assertThat(template.statements("Functions/CopySegment/Role"))
        .containsExactlyInAnyOrderElementsOf(
            worker("CopySegment", List.of(SCAN_SOURCE, PUT_TARGET)));
  }

  @Test
  void letsTheReportersTouchOnlyTheWorkBucket() {
    assertThat(template.statements("Functions/Reconcile/Role"))
        .containsExactlyInAnyOrderElementsOf(worker("Reconcile", List.of()));
    assertThat(template.statements("Functions/Conclude/Role"))
        .containsExactlyInAnyOrderElementsOf(worker("Conclude", List.of()));
  }

  @Test
  void givesNoRoleAManagedPolicyOfAws() {
    assertThat(template.root().findValues("ManagedPolicyArns")).isEmpty();
  }

  @Test
  void changesOnlyBucketStatementsForOneMoreBucket() throws IOException {
    MigrationTemplate more =
        MigrationTemplate.synthesize(
            folder,
            Scopes.of(
                List.of(Scopes.ASSETS, new Pair("old-models", "new-models")),
                List.of(Scopes.DATABASES)));

    List<PolicyEntry> before = new ArrayList<>(template.entries());
    List<PolicyEntry> after = new ArrayList<>(more.entries());
    before.removeAll(more.entries());
    after.removeAll(template.entries());

    assertThat(names(after))
        .isEqualTo(names(before))
        .containsExactlyInAnyOrder(
            "Functions/Plan/Role ReadSourceBuckets",
            "Functions/Plan/Role ReadSourceObjects",
            "Functions/Plan/Role ReadTargetBuckets",
            "Functions/Plan/Role ReadTargetObjects",
            "Functions/Plan/Role WriteTargetObjects",
            "Functions/CopyPrefix/Role ReadSourceBuckets",
            "Functions/CopyPrefix/Role ReadSourceObjects",
            "Functions/CopyPrefix/Role ReadTargetBuckets",
            "Functions/CopyPrefix/Role ReadTargetObjects",
            "Functions/CopyPrefix/Role WriteTargetObjects",
            "Functions/CopyPrefix/Role DeleteTargetObjects",
            "Functions/VerifyUnit/Role ReadSourceBuckets",
            "Functions/VerifyUnit/Role ReadSourceObjects",
            "Functions/VerifyUnit/Role ReadTargetBuckets",
            "Functions/VerifyUnit/Role ReadTargetObjects");
    assertThat(after)
        .extracting(PolicyEntry::statement)
        .allSatisfy(
            statement ->
                assertThat(statement.resources())
                    .hasSize(2)
                    .anyMatch(
                        resource -> resource.matches("arn:aws:s3:::(old|new)-models(/\\*)?")));
  }

  private static List<String> names(List<PolicyEntry> entries) {
    return entries.stream().map(entry -> entry.holder() + " " + entry.statement().sid()).toList();
  }

  @Test
  void readsTheOtherSideToSyncOnlyWhereTablesAreSynced() throws IOException {
    Statement lookUpSource =
        new Statement(
            "LookUpSourceItems",
            List.of("dynamodb:BatchGetItem"),
            List.of("arn:aws:dynamodb:us-east-1:${AWS::AccountId}:table/old-tags"));
    List<String> targetTable =
        List.of("arn:aws:dynamodb:eu-west-1:${AWS::AccountId}:table/new-tags");
    Statement lookUpTarget =
        new Statement("LookUpTargetItems", List.of("dynamodb:BatchGetItem"), targetTable);
    Statement searchTarget =
        new Statement(
            "SearchTargetItems", List.of("dynamodb:BatchGetItem", "dynamodb:Scan"), targetTable);

    MigrationTemplate synced = MigrationTemplate.synthesize(folder, syncing(false));
    MigrationTemplate mirrored = MigrationTemplate.synthesize(folder, syncing(true));

    assertThat(template.statements()).doesNotContain(lookUpSource, lookUpTarget, searchTarget);
    assertThat(synced.statements("Functions/CopySegment/Role"))
        .contains(lookUpTarget)
        .doesNotContain(lookUpSource, searchTarget);
    assertThat(mirrored.statements("Functions/CopySegment/Role"))
        .contains(lookUpSource, searchTarget)
        .doesNotContain(lookUpTarget);
    assertThat(mirrored.statements("Functions/Plan/Role"))
        .contains(lookUpSource)
        .doesNotContain(searchTarget);
    assertThat(mirrored.statements("Functions/VerifyUnit/Role"))
        .doesNotContain(lookUpSource, searchTarget);
  }

  private static MigrationScope syncing(boolean deletesExtraneous) {
    MigrationScope small = Scopes.small();
    return new MigrationScope(
        small.source(),
        small.target(),
        List.of(),
        List.of(Scopes.DATABASES, new Pair("old-tags", "new-tags", true, true)),
        deletesExtraneous,
        false);
  }

  @Test
  void allowsWhatEverySchemaNames() throws IOException {
    MigrationScope other =
        new MigrationScope(
            Scopes.side("ap-south-1"),
            Scopes.side("eu-west-1"),
            List.of(),
            List.of(new Pair("older-tags", "new-tags")));

    List<Statement> copier =
        MigrationTemplate.synthesize(folder, Scopes.small(), other)
            .statements("Functions/CopySegment/Role");

    assertThat(copier)
        .contains(
            new Statement(
                "ReadSourceTables",
                List.of("dynamodb:Scan"),
                List.of(
                    "arn:aws:dynamodb:ap-south-1:${AWS::AccountId}:table/older-tags",
                    "arn:aws:dynamodb:us-east-1:${AWS::AccountId}:table/old-databases")));
  }

  @Test
  void writesNoBucketStatementWhenNoBucketIsNamed() throws IOException {
    MigrationTemplate tablesOnly =
        MigrationTemplate.synthesize(folder, Scopes.of(List.of(), List.of(Scopes.DATABASES)));

    assertThat(tablesOnly.statements("Functions/CopyPrefix/Role"))
        .containsExactlyInAnyOrderElementsOf(worker("CopyPrefix", List.of()));
  }

  @Test
  void allowsKeysOnlyThroughTheServiceThatUsesThem() throws IOException {
    MigrationTemplate encrypted = MigrationTemplate.synthesize(folder, Scopes.encrypted("", ""));

    Statement sourceObjects =
        decrypt("DecryptSourceObjects", Scopes.OLD_KEY, "s3.us-east-1", "s3.eu-west-1");
    Statement targetObjects = decrypt("DecryptTargetObjects", Scopes.NEW_KEY, "s3.eu-west-1");
    Statement sourceItems = decrypt("DecryptSourceItems", Scopes.OLD_KEY, "dynamodb.us-east-1");
    Statement targetItems = decrypt("DecryptTargetItems", Scopes.NEW_KEY, "dynamodb.eu-west-1");
    Statement write =
        new Statement(
            "EncryptTargetObjects",
            List.of("kms:GenerateDataKey"),
            List.of(Scopes.NEW_KEY),
            "StringEquals kms:ViaService s3.eu-west-1.${AWS::URLSuffix}");
    assertThat(keys(encrypted, "CopyPrefix"))
        .containsExactlyInAnyOrder(sourceObjects, targetObjects, write);
    assertThat(keys(encrypted, "CopySegment")).containsExactlyInAnyOrder(sourceItems, targetItems);
    assertThat(keys(encrypted, "VerifyUnit"))
        .containsExactlyInAnyOrder(sourceObjects, targetObjects, sourceItems, targetItems);
    assertThat(keys(encrypted, "Plan"))
        .containsExactlyInAnyOrder(sourceObjects, targetObjects, sourceItems, targetItems, write);
    assertThat(keys(encrypted, "Conclude")).isEmpty();
  }

  @Test
  void leavesASourceToItsRoleButForTheObjectsToCopy() throws IOException {
    MigrationTemplate remote =
        MigrationTemplate.synthesize(folder, Scopes.encrypted(Scopes.OLD_ROLE, ""));

    assertThat(remote.statements("Functions/CopyPrefix/Role"))
        .contains(
            assume(Scopes.OLD_ROLE),
            new Statement(
                "CopySourceObjects",
                List.of(
                    "s3:GetObject",
                    "s3:GetObjectTagging",
                    "s3:GetObjectVersion",
                    "s3:GetObjectVersionTagging"),
                List.of("arn:aws:s3:::old-assets/*")),
            decrypt("DecryptCopiedObjects", Scopes.OLD_KEY, "s3.us-east-1", "s3.eu-west-1"))
        .extracting(Statement::sid)
        .doesNotContain("ReadSourceBuckets", "ReadSourceObjects", "DecryptSourceObjects");
    for (String task : List.of("CopySegment", "VerifyUnit")) {
      assertThat(remote.statements("Functions/" + task + "/Role"))
          .contains(assume(Scopes.OLD_ROLE))
          .flatExtracting(Statement::resources)
          .noneMatch(resource -> resource.contains("old-"))
          .doesNotContain(Scopes.OLD_KEY);
    }
  }

  @Test
  void leavesATargetAndTheCopyingToItsRole() throws IOException {
    MigrationTemplate remote =
        MigrationTemplate.synthesize(folder, Scopes.encrypted("", Scopes.NEW_ROLE));

    assertThat(remote.statements())
        .flatExtracting(Statement::resources)
        .contains(Scopes.NEW_ROLE, "arn:aws:s3:::old-assets/*")
        .noneMatch(resource -> resource.contains("new-"))
        .doesNotContain(Scopes.NEW_KEY);
  }

  @Test
  void letsWorkersOnlyAssumeTheRolesWhereBothStacksHaveOne() throws IOException {
    MigrationTemplate remote =
        MigrationTemplate.synthesize(folder, Scopes.encrypted(Scopes.OLD_ROLE, Scopes.NEW_ROLE));

    for (String task : List.of("Plan", "CopyPrefix", "CopySegment", "VerifyUnit")) {
      assertThat(remote.statements("Functions/" + task + "/Role"))
          .as(task)
          .containsExactlyInAnyOrderElementsOf(
              worker(task, List.of(assume(Scopes.OLD_ROLE, Scopes.NEW_ROLE))));
    }
    assertThat(remote.statements("Functions/Reconcile/Role"))
        .containsExactlyInAnyOrderElementsOf(worker("Reconcile", List.of()));
  }

  @Test
  void allowsTheKeyOfTheWorkBucketToAllWhoUseIt() throws IOException {
    MigrationTemplate encrypted =
        MigrationTemplate.synthesize(
            folder, SettingsBuilder.of(Scopes.small()).workBucketKeyArn(Scopes.NEW_KEY));
    String throughS3 = "StringEquals kms:ViaService s3.eu-west-1.${AWS::URLSuffix}";
    Statement write =
        new Statement(
            "UseWorkKey",
            List.of("kms:Decrypt", "kms:GenerateDataKey"),
            List.of(Scopes.NEW_KEY),
            throughS3);

    for (String task :
        List.of("Plan", "CopyPrefix", "CopySegment", "VerifyUnit", "Reconcile", "Conclude")) {
      assertThat(keys(encrypted, task)).as(task).containsExactly(write);
    }
    assertThat(encrypted.statements("Workflow/Role")).contains(write);
    assertThat(encrypted.statements("Notifications/Notify/Role"))
        .contains(
            new Statement(
                "UseWorkKey", List.of("kms:Decrypt"), List.of(Scopes.NEW_KEY), throughS3));
  }

  @Test
  void letsOnlyThePlannerReadSchemasFromOtherBuckets() throws IOException {
    MigrationTemplate more =
        MigrationTemplate.synthesize(
            folder, SettingsBuilder.of(Scopes.small()).schemaBuckets("schemas", "more-schemas"));
    Statement read =
        new Statement(
            "ReadSchemas",
            List.of("s3:GetObject"),
            List.of("arn:aws:s3:::more-schemas/*", "arn:aws:s3:::schemas/*"));

    assertThat(more.statements("Functions/Plan/Role")).contains(read);
    assertThat(more.statements()).filteredOn(read::equals).hasSize(1);
  }

  @Test
  void letsTheNotifierReadReportsAndPublish() {
    assertThat(template.statements("Notifications/Notify/Role"))
        .containsExactlyInAnyOrder(
            new Statement(
                "",
                List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                List.of("${Notifications/Notify/Logs.Arn}")),
            LIST_WORK_BUCKET,
            new Statement(
                "UseWorkObjects", List.of("s3:GetObject"), List.of("${WorkBucket/Bucket.Arn}/*")),
            new Statement("Publish", List.of("sns:Publish"), List.of("${Notifications/Topic}")),
            new Statement(
                "UseTopicKey",
                List.of("kms:Decrypt", "kms:GenerateDataKey"),
                List.of("${Notifications/Key.Arn}")),
            TRACE);
  }

  @Test
  void spreadsManyTablesOverPoliciesThatIamAccepts() throws IOException {
    List<Pair> tables =
        IntStream.range(100, 200)
            .mapToObj(
                table -> {
                  String name = "StorageResourcesBuilder-StorageTable" + table + "-ABCDEFGHIJKL";
                  return new Pair("vams-blue-us-east-1-" + name, "vams-green-eu-west-1-" + name);
                })
            .toList();

    MigrationTemplate large = MigrationTemplate.synthesize(folder, Scopes.of(List.of(), tables));

    assertThat(large.statements("Functions/CopySegment/Role"))
        .filteredOn(statement -> statement.sid().startsWith("WriteTargetTables"))
        .flatExtracting(Statement::resources)
        .doesNotHaveDuplicates()
        .hasSize(100);
    assertThat(large.policySizes("AWS::IAM::Policy", "Functions/CopySegment/Role"))
        .hasSize(1)
        .allMatch(size -> size <= 10_240);
    assertThat(large.policySizes("AWS::IAM::ManagedPolicy", "Functions/CopySegment/Role"))
        .hasSizeBetween(1, 10)
        .allMatch(size -> size <= 6_144);
  }

  private static Statement decrypt(String sid, String key, String... services) {
    return new Statement(
        sid,
        List.of("kms:Decrypt"),
        List.of(key),
        "StringEquals kms:ViaService "
            + Stream.of(services)
                .map(service -> service + ".${AWS::URLSuffix}")
                .collect(joining(", ")));
  }

  private static Statement assume(String... roles) {
    return new Statement("AssumeRoles", List.of("sts:AssumeRole"), List.of(roles));
  }

  private static List<Statement> keys(MigrationTemplate template, String task) {
    return template.statements("Functions/" + task + "/Role").stream()
        .filter(statement -> statement.actions().get(0).startsWith("kms:"))
        .toList();
  }

  private static List<Statement> worker(String task, List<Statement> copyStatements) {
    Stream<Statement> own =
        Stream.of(
            new Statement(
                "",
                List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                List.of("${Functions/" + task + "/Logs.Arn}")),
            LIST_WORK_BUCKET,
            new Statement(
                "UseWorkObjects",
                List.of("s3:GetObject", "s3:PutObject"),
                List.of("${WorkBucket/Bucket.Arn}/*")),
            TRACE);
    return Stream.concat(own, copyStatements.stream()).toList();
  }

  /** The statement with one more action. */
  private static Statement and(Statement statement, String... more) {
    return new Statement(
        statement.sid(),
        Stream.concat(statement.actions().stream(), Stream.of(more)).sorted().toList(),
        statement.resources());
  }
}
