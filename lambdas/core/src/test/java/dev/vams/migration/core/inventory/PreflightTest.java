package dev.vams.migration.core.inventory;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.TwoStacks.BLUE_TABLE;
import static dev.vams.migration.core.TwoStacks.GREEN_TABLE;
import static dev.vams.migration.core.TwoStacks.KEY;
import static dev.vams.migration.core.TwoStacks.schema;
import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.RecordingPause;
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
import dev.vams.migration.core.plan.Versions;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.BucketFacts.Versioning;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.InMemoryItemTable;
import dev.vams.migration.core.store.InMemoryObjectStore;
import dev.vams.migration.core.store.InMemoryObjectStore.Call;
import dev.vams.migration.core.store.InMemoryStack;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreflightTest {
  private static final String BUCKET_FROM = "$.VAMS_S3Bucket_Mapping[0].buckets.from";
  private static final String BUCKET_TO = "$.VAMS_S3Bucket_Mapping[0].buckets.to";
  private static final String TABLE_FROM = "$.VAMS_DynamoDBTable_Mapping[0].tables.from";
  private static final String TABLE_TO = "$.VAMS_DynamoDBTable_Mapping[0].tables.to";
  private static final String TABLES = "$.VAMS_DynamoDBTable_Mapping[0].tables";
  private static final String RENAMES = "$.VAMS_DynamoDBTable_Mapping[0].attributes";

  private static final StoreError DENIED =
      new StoreError("AccessDenied", "no", StoreError.Scope.ENTRY);

  private static final BucketFacts LOCKING =
      new BucketFacts(BucketFacts.Versioning.ENABLED, Set.of(BucketFeature.OBJECT_LOCK));

  private static final StoreError THROTTLED =
      new StoreError("ThrottlingException", "less, please", StoreError.Scope.TRANSIENT);

  private static final String KMS_KEY =
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  private static final StackAccess SOURCE_BY_ROLE =
      new StackAccess(
          "us-east-1",
          Optional.of(new AssumedRole("arn:aws:iam::111122223333:role/reader", "vams-1")),
          List.of());
  private static final StackAccess TARGET_BY_ROLE =
      new StackAccess(
          "eu-west-1",
          Optional.of(new AssumedRole("arn:aws:iam::444455556666:role/writer", "vams-1")),
          List.of());

  private final TwoStacks stacks = new TwoStacks();
  private InMemoryStack copySource = stacks.source();

  @Test
  void twoStacksInOrderHaveNoProblem() {
    stacks.putSource("a", "x");
    stacks.sourceTable().put(texts(KEY, "1"));

    assertThat(check(IfTargetNotEmpty.FAIL)).isEmpty();
  }

  @Test
  void aMissingBucketIsToBeCorrectedInTheSchema() {
    stacks.objects().answerLook(ASSETS.from(), new Lookup.Missing<>());

    assertThat(check(IfTargetNotEmpty.FAIL))
        .containsExactly(
            new Problem(
                Problem.Kind.INPUT,
                BUCKET_FROM,
                "the source bucket 'blue-assets' does not exist in us-east-1",
                "Correct the name, or the region of the source stack."));
  }

  @Test
  void aBucketElsewhereIsNamedWithItsRegion() {
    stacks.objects().answerLook(ASSETS.to(), new Lookup.Elsewhere<>("eu-north-1"));

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::where, Problem::what)
        .containsExactly(
            tuple(
                BUCKET_TO, "the target bucket 'green-assets' is in eu-north-1, not in eu-west-1"));
  }

  @Test
  void aForbiddenTableNamesThePermissions() {
    stacks.sourceTable().answerLook(new Lookup.Forbidden<>("AccessDeniedException: no"));

    assertThat(check(IfTargetNotEmpty.FAIL))
        .containsExactly(
            new Problem(
                Problem.Kind.ACCESS,
                TABLE_FROM,
                "no access to the source table 'blue-table' (AccessDeniedException: no)",
                "Allow dynamodb:DescribeTable and dynamodb:Scan on it."));
  }

  @Test
  void aBucketThatCannotBeListedIsAProblemOfAccess() {
    stacks.objects().failCall(Call.LIST, 1, DENIED);

    assertThat(check(IfTargetNotEmpty.FAIL))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.ACCESS);
              assertThat(problem.where()).isEqualTo(BUCKET_FROM);
              assertThat(problem.what()).contains("AccessDenied");
            });
  }

  @Test
  void targetsMustBeEmptyWhenThePolicySaysSo() {
    stacks.putTarget("a", "x");
    stacks.targetTable().put(texts(KEY, "1"));

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::where)
        .containsExactly(BUCKET_TO, TABLE_TO);
    assertThat(check(IfTargetNotEmpty.FAIL))
        .allMatch(problem -> problem.remedy().contains("retryOf"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MERGE", "OVERWRITE"})
  void otherPoliciesTakeFullTargets(IfTargetNotEmpty policy) {
    stacks.putTarget("a", "x");
    stacks.targetTable().put(texts(KEY, "1"));

    assertThat(check(policy)).isEmpty();
  }

  @Test
  void aTargetOfAllVersionsMustKeepThem() {
    stacks.objects().createBucket(ASSETS.from(), Versioning.SUSPENDED);
    stacks.objects().createBucket(ASSETS.to(), Versioning.SUSPENDED);

    List<Problem> problems = check(IfTargetNotEmpty.FAIL);

    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            "versioning of the target bucket 'green-assets' is SUSPENDED, but all versions of"
                + " 'blue-assets' are to be copied");
    assertThat(problems.get(0).remedy())
        .isEqualTo(
            "Switch versioning of the target bucket on. To leave the history of A behind, set"
                + " \"versions\": \"CURRENT\".");
  }

  @Test
  void aTargetThatKeepsVersionsOfDeletedObjectsIsNotEmpty() {
    stacks.objects().createBucket(ASSETS.from(), Versioning.ENABLED);
    stacks.objects().createBucket(ASSETS.to(), Versioning.ENABLED);
    stacks.putTarget("a", "x");
    stacks.objects().delete(ASSETS.to(), "a");

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::what)
        .containsExactly("the target bucket 'green-assets' keeps versions of deleted objects");
    assertThat(check(IfTargetNotEmpty.MERGE)).isEmpty();
  }

  @Test
  void readingVersionsIsTriedWhereTheyAreCopied() {
    stacks.objects().createBucket(ASSETS.from(), Versioning.ENABLED);
    stacks.objects().createBucket(ASSETS.to(), Versioning.ENABLED);
    stacks.putSource("a", "x");
    stacks.objects().delete(ASSETS.from(), "a");
    stacks
        .objects()
        .failCall(
            Call.TRY_READ_TAGS, 1, new StoreError("AccessDenied", "no", StoreError.Scope.UNIT));

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::remedy)
        .containsExactly("Allow s3:GetObjectVersionTagging on it.");
  }

  @Test
  void theTargetMustKeepAsMuchHistoryAsTheSource() {
    stacks.objects().createBucket(ASSETS.from(), Versioning.ENABLED);
    stacks.objects().createBucket(ASSETS.to(), Versioning.SUSPENDED);
    BucketPair current =
        new BucketPair(
            ASSETS.descriptor(),
            ASSETS.from(),
            ASSETS.to(),
            Optional.empty(),
            Optional.of(Versions.CURRENT));

    assertThat(
            check(
                new MigrationSchema(
                    "us-east-1", "eu-west-1", List.of(current), List.of(), Options.defaults(), "")))
        .extracting(Problem::what)
        .containsExactly(
            "versioning of the target bucket 'green-assets' is SUSPENDED, of the source bucket"
                + " 'blue-assets' it is ENABLED");
  }

  @Test
  void theTargetMayKeepMoreHistory() {
    stacks.objects().createBucket(ASSETS.to(), Versioning.ENABLED);

    assertThat(check(IfTargetNotEmpty.FAIL)).isEmpty();
  }

  @Test
  void toVerifyVersioningDoesNotMatter() {
    stacks.objects().createBucket(ASSETS.from(), Versioning.ENABLED);
    Options verify = new Options(Mode.VERIFY, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1);

    assertThat(check(schema(verify, ""))).isEmpty();
  }

  @Test
  void onlyAMirrorMustBeAllowedToDelete() {
    stacks.putSource("a", "x");
    stacks
        .objects()
        .failCall(Call.TRY_DELETE, 1, new StoreError("AccessDenied", "no", StoreError.Scope.UNIT));

    assertThat(check(IfTargetNotEmpty.OVERWRITE)).isEmpty();
    assertThat(check(mirror(Mode.VERIFY))).isEmpty();
    assertThat(check(mirror(Mode.MIGRATE)))
        .extracting(Problem::where, Problem::remedy)
        .containsExactly(
            tuple("$.VAMS_S3Bucket_Mapping[0].buckets.to", "Allow s3:DeleteObject on it."));
  }

  @Test
  void aMirrorOfAnEmptySourceIsRefusedWhereTheTargetIsNotEmpty() {
    assertThat(check(mirror(Mode.MIGRATE))).isEmpty();

    stacks.putTarget("a", "x");

    assertThat(check(mirror(Mode.DRY_RUN)))
        .extracting(Problem::what)
        .containsExactly(
            "the source bucket 'blue-assets' is empty, so that deleteExtraneous would delete all"
                + " that is in the target bucket 'green-assets'");
  }

  @Test
  void aMirrorOfASourceWhoseHistoryEndsInDeleteMarkersIsWanted() {
    stacks.keepVersions();
    stacks.putTarget("a", "x");
    assertThat(check(mirror(Mode.MIGRATE))).hasSize(1);

    stacks.putSource("a", "x");
    stacks.objects().delete(ASSETS.from(), "a");

    assertThat(check(mirror(Mode.MIGRATE))).isEmpty();
  }

  private static MigrationSchema mirror(Mode mode) {
    return schema(
        new Options(mode, IfTargetNotEmpty.OVERWRITE, Order.TOGETHER, 1).deletingExtraneous(), "");
  }

  @Test
  void onlyWhoRestoresMustBeAllowedToRestore() {
    stacks.putSource("a", "x");
    stacks
        .objects()
        .failCall(Call.TRY_RESTORE, 1, new StoreError("AccessDenied", "no", StoreError.Scope.UNIT));

    assertThat(check(schema(Options.defaults(), ""))).isEmpty();
    assertThat(check(schema(Options.defaults().with(IfArchived.RESTORE, Restore.DEFAULT), "")))
        .extracting(Problem::where, Problem::remedy)
        .containsExactly(
            tuple("$.VAMS_S3Bucket_Mapping[0].buckets.from", "Allow s3:RestoreObject on it."));
  }

  @Test
  void bothTablesMustHaveTheSameKey() {
    stacks
        .target()
        .add(
            GREEN_TABLE,
            new InMemoryItemTable(
                List.of(new KeyAttribute(KEY, "N"), new KeyAttribute("version", "S")),
                10,
                Runnable::run));

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::where, Problem::what)
        .containsExactly(
            tuple(
                TABLES,
                "the key of 'blue-table' is id (S), the key of 'green-table' is id (N), version"
                    + " (S)"));
  }

  @Test
  void aKeyCannotTakePartInARename() {
    assertThat(
            check(schema(Options.defaults(), "", new Rename("a", "b"), new Rename(KEY, "assetId"))))
        .extracting(Problem::where)
        .containsExactly(RENAMES);
    assertThat(check(schema(Options.defaults(), "", new Rename("assetId", KEY))))
        .extracting(Problem::where)
        .containsExactly(RENAMES);
  }

  @Test
  void aRenameMustNotOverwriteAnAttribute() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x", "new", "y"));

    assertThat(check(schema(Options.defaults(), "", new Rename("old", "new"))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).isEqualTo(RENAMES);
              assertThat(problem.what()).contains("'old' to 'new'").contains("id=1");
            });
  }

  @Test
  void everyItemIsCheckedForARenameThatWouldOverwrite() {
    InMemoryItemTable table =
        new InMemoryItemTable(List.of(new KeyAttribute(KEY, "S")), 3, Runnable::run);
    stacks.source().add(BLUE_TABLE, table);
    List<String> keys = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    keys.forEach(key -> table.put(texts(KEY, key, "old", "x")));
    MigrationSchema schema = schema(Options.defaults(), "", new Rename("old", "new"));
    assertThat(check(schema)).isEmpty();

    for (String key : keys) {
      table.put(texts(KEY, key, "old", "x", "new", "y"));
      assertThat(check(schema))
          .singleElement()
          .satisfies(problem -> assertThat(problem.what()).endsWith("(id=" + key + ")"));
      table.put(texts(KEY, key, "old", "x"));
    }
  }

  @Test
  void whatTimeDoesNotAllowToBeCheckedIsNoted() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x"));
    Preflight preflight =
        preflight(schema(Options.defaults(), "", new Rename("old", "new")), () -> true);

    assertThat(preflight.check()).isEmpty();
    assertThat(preflight.notes())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith(
            "Table 'blue-table' was not looked through to its end before the copy (its time was up): ");
  }

  @Test
  void aThrottledTableIsSearchedNoFurtherAndThatIsNoted() {
    stacks.sourceTable().failCall(InMemoryItemTable.Call.SCAN, 3, THROTTLED);
    Preflight preflight =
        preflight(schema(Options.defaults(), "", new Rename("old", "new")), () -> false);

    assertThat(preflight.check()).isEmpty();
    assertThat(preflight.notes())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("before the copy (ThrottlingException)");
  }

  @Test
  void thatAServiceAsksForLessIsNoProblemOfTheSchemaButRepeatedByTheWorkflow() {
    stacks.targetTable().failCall(InMemoryItemTable.Call.TRY_PUT_ALL, 1, THROTTLED);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> check(IfTargetNotEmpty.FAIL))
        .satisfies(e -> assertThat(e.error()).isEqualTo(THROTTLED));
  }

  @Test
  void aRetryDoesNotSearchAgain() {
    stacks.sourceTable().put(texts(KEY, "1", "old", "x", "new", "y"));

    assertThat(check(schema(Options.defaults(), "run-0", new Rename("old", "new")))).isEmpty();
  }

  @Test
  void toVerifyNothingIsSearchedAndNoWritingIsTried() {
    stacks.putSource("a", "x");
    stacks.sourceTable().put(texts(KEY, "1", "old", "x", "new", "y"));
    Options verify = new Options(Mode.VERIFY, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1);

    assertThat(check(schema(verify, "", new Rename("old", "new")))).isEmpty();
    assertThat(stacks.objects().calls(Call.TRY_READ)).isEqualTo(1);
    assertThat(stacks.objects().calls(Call.TRY_READ_TAGS)).isZero();
    assertThat(stacks.objects().calls(Call.TRY_WRITE)).isZero();
    assertThat(stacks.targetTable().calls(InMemoryItemTable.Call.TRY_PUT_ALL)).isZero();
  }

  @Test
  void whatACopyDoesNotCarryByItselfMustBeReadable() {
    stacks.putSource("a", "x");
    stacks.objects().failCall(Call.TRY_READ_FEATURES, 1, DENIED);

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::where, Problem::remedy)
        .containsExactly(
            tuple(
                BUCKET_FROM,
                "Allow s3:GetObjectTagging, s3:GetObjectAcl, s3:GetObjectRetention and s3:GetObjectLegalHold on it."));
  }

  @Test
  void aTargetThatDoesNotLockIsNoted() {
    stacks.objects().createBucket(ASSETS.from(), LOCKING);
    stacks.objects().createBucket(ASSETS.to(), BucketFacts.Versioning.ENABLED);

    Preflight preflight =
        preflight(
            schema(new Options(Mode.MIGRATE, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1), ""),
            () -> false);

    assertThat(preflight.check()).isEmpty();
    assertThat(preflight.notes())
        .containsExactly(
            "Bucket 'blue-assets' locks objects (Object Lock), its target 'green-assets' does not: retentions and legal holds are not carried.");
  }

  @Test
  void locksMustBeWritableWhereBothBucketsHaveThem() {
    stacks.objects().createBucket(ASSETS.from(), LOCKING);
    stacks.objects().createBucket(ASSETS.to(), LOCKING);
    stacks.objects().failCall(Call.TRY_WRITE, 1, DENIED);

    assertThat(check(IfTargetNotEmpty.FAIL))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.remedy())
                    .contains("s3:PutObjectRetention and s3:PutObjectLegalHold"));
  }

  /** An empty object, or an archived one, says nothing of the tags of the others. */
  @Test
  void tagsThatMayNotBeReadAreFoundOnAnyObject() {
    stacks.putSource("a/", "");
    stacks.objects().failCall(Call.TRY_READ_TAGS, 1, DENIED);

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::where)
        .containsExactly(BUCKET_FROM);
  }

  @Test
  void whatMayNotBeReadAtTheTargetIsFoundBeforeItIsCompared() {
    stacks.putTarget("a", "x");
    stacks.objects().failCall(Call.TRY_READ, 1, DENIED);
    stacks.targetTable().failCall(InMemoryItemTable.Call.GET_ALL, 1, DENIED);
    Options verify = new Options(Mode.VERIFY, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1);

    assertThat(check(schema(verify, "")))
        .extracting(Problem::where)
        .containsExactly(BUCKET_TO, TABLE_TO);
  }

  @ParameterizedTest
  @EnumSource(names = {"MIGRATE", "DRY_RUN"})
  void whatMayNotBeReadOrWrittenIsFoundBeforeAnythingIsCopied(Mode mode) {
    stacks.putSource("a", "x");
    stacks.objects().failCall(Call.TRY_READ, 1, DENIED);
    stacks.objects().failCall(Call.TRY_WRITE, 1, DENIED);
    stacks.targetTable().failCall(InMemoryItemTable.Call.TRY_PUT_ALL, 1, DENIED);
    Options options = new Options(mode, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1);

    assertThat(check(schema(options, "")))
        .allMatch(problem -> problem.kind() == Problem.Kind.ACCESS)
        .extracting(Problem::where, Problem::remedy)
        .containsExactly(
            tuple(BUCKET_FROM, "Allow s3:ListBucket and s3:GetObject on it."),
            tuple(
                BUCKET_TO,
                "Allow s3:PutObject, s3:PutObjectTagging, s3:ListMultipartUploadParts and s3:AbortMultipartUpload on it."),
            tuple(TABLE_TO, "Allow dynamodb:BatchWriteItem and dynamodb:PutItem on it."));
  }

  @Test
  void underMergeThePutsOnAConditionAreTried() {
    stacks.targetTable().failCall(InMemoryItemTable.Call.TRY_PUT_IF_ABSENT, 1, DENIED);

    assertThat(check(IfTargetNotEmpty.MERGE)).extracting(Problem::where).containsExactly(TABLE_TO);
  }

  @Test
  void aKeyThatMayNotBeUsedIsToBeNamedInTheSchema() {
    stacks.objects().failCall(Call.TRY_WRITE, 1, keyRefusal("kms:GenerateDataKey"));

    assertThat(check(IfTargetNotEmpty.FAIL))
        .extracting(Problem::where, Problem::remedy)
        .containsExactly(
            tuple(
                BUCKET_TO,
                "Add %s to $.kmsKeyArnsTo and deploy the schema again, and let the policy of the key allow kms:GenerateDataKey and kms:Decrypt."
                    .formatted(KMS_KEY)));
  }

  @Test
  void aKeyThatTheSchemaNamesIsRefusedByItsOwnPolicy() {
    stacks.putSource("a", "x");
    stacks.objects().failCall(Call.TRY_READ, 1, keyRefusal("kms:Decrypt"));
    StackAccess source = new StackAccess("eu-west-1", Optional.empty(), List.of(KMS_KEY));

    assertThat(check(schemaOf(source, StackAccess.in("eu-west-1"))))
        .extracting(Problem::where, Problem::remedy)
        .containsExactly(
            tuple(
                BUCKET_FROM,
                "The key is in $.kmsKeyArnsFrom already: let the policy of the key allow kms:Decrypt."));
  }

  @Test
  void theIdentityThatCopiesMustReadTheSourceToo() {
    stacks.putSource("a", "x");
    InMemoryObjectStore asTheTarget = new InMemoryObjectStore(stacks.clock());
    asTheTarget.createBucket(ASSETS.from());
    asTheTarget.failCall(Call.TRY_READ, 1, DENIED);
    asTheTarget.failCall(Call.TRY_READ, 2, DENIED);
    copySource = new InMemoryStack(asTheTarget);

    assertThat(check(schemaOf(SOURCE_BY_ROLE, StackAccess.in("eu-west-1"))))
        .extracting(Problem::where, Problem::remedy)
        .containsExactly(
            tuple(
                BUCKET_FROM,
                "Allow s3:GetObject and s3:GetObjectTagging to the workers' own role, which copies, on it."));
    assertThat(check(schemaOf(StackAccess.in("us-east-1"), TARGET_BY_ROLE)))
        .extracting(Problem::remedy)
        .containsExactly(
            "Allow s3:GetObject and s3:GetObjectTagging to arn:aws:iam::444455556666:role/writer, which copies, on it.");
    assertThat(stacks.objects().calls(Call.TRY_READ)).isEqualTo(2);
  }

  @Test
  void aRoleThatCannotBeAssumedIsReportedOnce() {
    stacks.putSource("a", "x");
    Lookup.Forbidden<TableFacts> refused =
        new Lookup.Forbidden<>(
            "AccessDenied: User: u is not authorized to perform: sts:AssumeRole on resource: r");
    stacks.targetTable().answerLook(refused);
    stacks.objects().answerLook(ASSETS.to(), new Lookup.Forbidden<>(refused.reason()));
    copySource = new InMemoryStack(new InMemoryObjectStore(stacks.clock()));

    assertThat(check(schemaOf(SOURCE_BY_ROLE, TARGET_BY_ROLE)))
        .containsExactly(
            new Problem(
                Problem.Kind.ACCESS,
                "$.roleArnTo",
                "the role of the target stack cannot be assumed (%s)".formatted(refused.reason()),
                "Allow the identity that is named there sts:AssumeRole on the role, and let the role's trust policy allow it with the schema's externalId."));
  }

  @Test
  void aServiceThatDoesNotAnswerIsReportedOnce() {
    for (String bucket : List.of("blue-1", "blue-2", "green-1", "green-2")) {
      stacks.objects().answerLook(bucket, new Lookup.Unreachable<>("connection refused"));
    }
    MigrationSchema schema =
        new MigrationSchema(
            "us-east-1",
            "eu-west-1",
            List.of(
                new BucketPair("one", "blue-1", "green-1"),
                new BucketPair("two", "blue-2", "green-2")),
            List.of(),
            Options.defaults(),
            "");

    assertThat(check(schema))
        .extracting(Problem::what)
        .containsExactly(
            "S3 of the source stack (us-east-1) does not answer: connection refused",
            "S3 of the target stack (eu-west-1) does not answer: connection refused");
  }

  @Test
  void allProblemsAreFoundAtOnceInTheOrderOfTheSchema() {
    stacks.putTarget("a", "x");
    stacks.objects().createBucket(ASSETS.from(), Versioning.ENABLED);
    stacks.targetTable().put(texts(KEY, "1"));
    MigrationSchema schema =
        new MigrationSchema(
            "us-east-1",
            "eu-west-1",
            List.of(ASSETS, new BucketPair("files", "blue-files", "green-files")),
            List.of(
                new TablePair("t", BLUE_TABLE, GREEN_TABLE, List.of(new Rename(KEY, "x"))),
                new TablePair("u", "blue-none", "green-none", List.of())),
            Options.defaults(),
            "");

    assertThat(check(schema))
        .extracting(Problem::where)
        .containsExactly(
            BUCKET_TO,
            BUCKET_TO,
            "$.VAMS_S3Bucket_Mapping[1].buckets.from",
            "$.VAMS_S3Bucket_Mapping[1].buckets.to",
            RENAMES,
            TABLE_TO,
            "$.VAMS_DynamoDBTable_Mapping[1].tables.from",
            "$.VAMS_DynamoDBTable_Mapping[1].tables.to");
  }

  private static MigrationSchema schemaOf(StackAccess source, StackAccess target) {
    return new MigrationSchema(
        source,
        target,
        List.of(ASSETS),
        List.of(new TablePair("t", BLUE_TABLE, GREEN_TABLE, List.of())),
        Options.defaults(),
        "");
  }

  private static StoreError keyRefusal(String action) {
    return new StoreError(
        "AccessDenied",
        "User: u is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action"
            .formatted(action, KMS_KEY, action),
        StoreError.Scope.ENTRY);
  }

  private List<Problem> check(IfTargetNotEmpty policy) {
    return check(schema(new Options(Mode.MIGRATE, policy, Order.TOGETHER, 1), ""));
  }

  private List<Problem> check(MigrationSchema schema) {
    return preflight(schema, () -> false).check();
  }

  private Preflight preflight(MigrationSchema schema, Deadline deadline) {
    return new Preflight(
        schema,
        stacks.source(),
        stacks.target(),
        copySource,
        deadline,
        new Random(1),
        stacks.clock(),
        new RecordingPause());
  }
}
