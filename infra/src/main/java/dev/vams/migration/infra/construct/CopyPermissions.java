package dev.vams.migration.infra.construct;

import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.Pair;
import dev.vams.migration.infra.settings.StackSide;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Writes the statements that let workers touch the buckets and tables of the schemas: each by its
 * exact ARN, source stacks for reading only.
 *
 * <p>A stack that a schema reaches through a role is left to that role: the worker may assume it,
 * and nothing else. With one exception: S3 copies an object in one call, which the target's side
 * makes. So a worker without a role for the target reads the source's objects itself.
 *
 * <p>All inline policies of a role together hold 10,240 characters, a managed policy 6,144: a VAMS
 * stack has more tables than fit. CDK moves what is too much into managed policies, but only whole
 * statements, and only of the policy that belongs to the role. Hence the statements here are short,
 * and are to be added to the role itself.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM
 *     quotas</a>
 */
public final class CopyPermissions {
  /** Listing also makes S3 say that an object is missing, where it would say it is forbidden. */
  private static final List<String> READ_BUCKET = List.of("s3:ListBucket");

  private static final List<String> READ_OBJECTS = List.of("s3:GetObject");
  private static final List<String> COPIED_OBJECTS = List.of("s3:GetObject", "s3:GetObjectTagging");

  /** All versions of objects have actions of their own, which these pairs need besides. */
  private static final List<String> READ_VERSIONS_OF_BUCKET = List.of("s3:ListBucketVersions");

  private static final List<String> READ_VERSIONS = List.of("s3:GetObjectVersion");
  private static final List<String> COPIED_VERSIONS =
      List.of("s3:GetObjectVersion", "s3:GetObjectVersionTagging");
  private static final List<String> COPIED_VERSIONS_WHOLE =
      List.of("s3:GetObjectVersion", "s3:GetObjectVersionTagging", "s3:GetObjectVersionAcl");

  /** What a copy does not carry by itself: locks are given to it, grants are reported. */
  private static final List<String> COPIED_OBJECTS_WHOLE =
      List.of(
          "s3:GetObject",
          "s3:GetObjectTagging",
          "s3:GetObjectAcl",
          "s3:GetObjectLegalHold",
          "s3:GetObjectRetention");

  /** At once and in parts; an upload in parts is continued or aborted. */
  private static final List<String> WRITE_OBJECTS =
      List.of(
          "s3:PutObject",
          "s3:PutObjectTagging",
          "s3:PutObjectLegalHold",
          "s3:PutObjectRetention",
          "s3:ListMultipartUploadParts",
          "s3:AbortMultipartUpload");

  /** Deletes an object, or makes a delete marker; a version is never deleted. */
  private static final List<String> DELETE_OBJECTS = List.of("s3:DeleteObject");

  /** Only for schemas that ask for it. */
  private static final List<String> RESTORE_OBJECTS = List.of("s3:RestoreObject");

  private static final List<String> READ_SOURCE_TABLE = List.of("dynamodb:Scan");
  private static final List<String> READ_TARGET_TABLE =
      List.of("dynamodb:Scan", "dynamodb:BatchGetItem");
  private static final List<String> WRITE_TABLE =
      List.of("dynamodb:BatchWriteItem", "dynamodb:PutItem");

  private static final List<String> INSPECT_BUCKET =
      List.of(
          "s3:GetBucketVersioning",
          "s3:GetBucketOwnershipControls",
          "s3:GetBucketObjectLockConfiguration",
          "s3:GetBucketWebsite");
  private static final List<String> INSPECT_TABLE =
      List.of(
          "dynamodb:DescribeTable",
          "dynamodb:DescribeTimeToLive",
          "dynamodb:DescribeContinuousBackups");

  /** Only for tables that are synced, of whoever does not read them anyway. */
  private static final List<String> LOOK_UP_ITEMS = List.of("dynamodb:BatchGetItem");

  /** The same where items may be deleted that only the target has. */
  private static final List<String> SEARCH_ITEMS =
      List.of("dynamodb:BatchGetItem", "dynamodb:Scan");

  /**
   * All that reading needs. It is also all that DynamoDB asks of whoever writes: it makes the keys
   * of its tables on its own account, and opens them on the caller's.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html">DynamoDB
   *     encryption at rest usage notes</a>
   */
  private static final List<String> DECRYPT = List.of("kms:Decrypt");

  /**
   * What S3 asks besides {@link #DECRYPT} of whoever writes.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">
   *     Using server-side encryption with AWS KMS keys</a>
   */
  private static final List<String> ENCRYPT = List.of("kms:GenerateDataKey");

  /** Fifteen ARNs of tables with the longest name, 255 characters, still fit a managed policy. */
  private static final int RESOURCES_PER_STATEMENT = 15;

  private final Stack stack;
  private final List<MigrationScope> scopes;

  /** Permissions for what {@code scopes} name, in the account and partition of {@code stack}. */
  public CopyPermissions(Stack stack, List<MigrationScope> scopes) {
    this.stack = stack;
    this.scopes = List.copyOf(scopes);
  }

  /** The statements for these kinds of access; none for what the schemas do not name. */
  List<PolicyStatement> statements(Set<Access> accesses) {
    Stream<String> roles =
        accesses.stream()
            .flatMap(access -> scopes.stream().filter(scope -> names(scope, access)))
            .flatMap(scope -> Stream.of(scope.source(), scope.target()))
            .filter(StackSide::hasRole)
            .map(StackSide::roleArn);
    return Stream.of(
            readBuckets(Side.SOURCE, accesses),
            readBuckets(Side.TARGET, accesses),
            copyObjects(accesses),
            tables(Side.SOURCE, accesses),
            tables(Side.TARGET, accesses),
            statements("AssumeRoles", List.of("sts:AssumeRole"), roles))
        .flatMap(Function.identity())
        .toList();
  }

  private Stream<PolicyStatement> readBuckets(Side side, Set<Access> accesses) {
    if (!accesses.contains(Access.READ_BUCKETS)) {
      return Stream.empty();
    }
    List<MigrationScope> own = without(side);
    boolean isCopied = side == Side.SOURCE && accesses.contains(Access.COPY_OBJECTS);
    return Stream.of(
            ofPairs(
                "Read" + side.title + "Buckets",
                inspecting(accesses, READ_BUCKET, INSPECT_BUCKET),
                READ_VERSIONS_OF_BUCKET,
                pairs -> buckets(own, side, pairs)),
            ofPairs(
                "Read" + side.title + "Objects",
                isCopied ? COPIED_OBJECTS_WHOLE : READ_OBJECTS,
                isCopied ? COPIED_VERSIONS_WHOLE : READ_VERSIONS,
                pairs -> objects(own, side, pairs)),
            keys("Decrypt" + side.title + "Objects", DECRYPT, own, side, Access.READ_BUCKETS))
        .flatMap(Function.identity());
  }

  private Stream<PolicyStatement> copyObjects(Set<Access> accesses) {
    if (!accesses.contains(Access.COPY_OBJECTS)) {
      return Stream.empty();
    }
    List<MigrationScope> own = without(Side.TARGET);
    List<MigrationScope> readToCopy =
        own.stream().filter(scope -> scope.source().hasRole()).toList();
    return Stream.of(
            ofPairs(
                "CopySourceObjects",
                COPIED_OBJECTS,
                COPIED_VERSIONS,
                pairs -> objects(readToCopy, Side.SOURCE, pairs)),
            keys("DecryptCopiedObjects", DECRYPT, readToCopy, Side.SOURCE, Access.COPY_OBJECTS),
            statements(
                "RestoreSourceObjects",
                RESTORE_OBJECTS,
                objects(
                    without(Side.SOURCE).stream().filter(MigrationScope::restoresArchived).toList(),
                    Side.SOURCE,
                    pair -> true)),
            statements(
                "WriteTargetObjects", WRITE_OBJECTS, objects(own, Side.TARGET, pair -> true)),
            statements("DeleteTargetObjects", DELETE_OBJECTS, deleted(own, accesses)),
            keys("EncryptTargetObjects", ENCRYPT, own, Side.TARGET, Access.COPY_OBJECTS))
        .flatMap(Function.identity());
  }

  /**
   * The targets of schemas that ask for deletions. Whoever copies all versions makes delete markers
   * too; Plan does not try that, as it would leave one behind.
   */
  private Stream<String> deleted(List<MigrationScope> scopes, Set<Access> accesses) {
    return scopes.stream()
        .flatMap(
            scope ->
                objects(
                    List.of(scope),
                    Side.TARGET,
                    pair ->
                        scope.deletesExtraneous()
                            || (pair.mayCopyVersions() && !accesses.contains(Access.INSPECT))));
  }

  private Stream<PolicyStatement> tables(Side side, Set<Access> accesses) {
    Access reading = side == Side.SOURCE ? Access.READ_SOURCE_TABLES : Access.READ_TARGET_TABLES;
    boolean isRead = accesses.contains(reading);
    boolean isWritten = side == Side.TARGET && accesses.contains(Access.WRITE_TABLES);
    List<String> read = side == Side.SOURCE ? READ_SOURCE_TABLE : READ_TARGET_TABLE;
    List<MigrationScope> own = without(side);
    return Stream.of(
            isRead
                ? statements(
                    "Read" + side.title + "Tables",
                    inspecting(accesses, read, INSPECT_TABLE),
                    tables(own, side))
                : Stream.<PolicyStatement>empty(),
            accesses.contains(Access.WRITE_TABLES)
                ? synced(side, own, isRead)
                : Stream.<PolicyStatement>empty(),
            isWritten
                ? statements("Write" + side.title + "Tables", WRITE_TABLE, tables(own, side))
                : Stream.<PolicyStatement>empty(),
            isRead || isWritten
                ? keys("Decrypt" + side.title + "Items", DECRYPT, own, side, reading)
                : Stream.<PolicyStatement>empty())
        .flatMap(Function.identity());
  }

  /** What syncing needs besides: to look items up at the other side than where they were read. */
  private Stream<PolicyStatement> synced(Side side, List<MigrationScope> own, boolean isRead) {
    List<MigrationScope> mirrors = own.stream().filter(MigrationScope::deletesExtraneous).toList();
    List<MigrationScope> others = own.stream().filter(scope -> !scope.deletesExtraneous()).toList();
    if (side == Side.SOURCE) {
      return statements("LookUpSourceItems", LOOK_UP_ITEMS, tables(mirrors, side, Pair::isSynced));
    }
    return isRead
        ? Stream.empty()
        : Stream.concat(
            statements("LookUpTargetItems", LOOK_UP_ITEMS, tables(others, side, Pair::isSynced)),
            statements("SearchTargetItems", SEARCH_ITEMS, tables(mirrors, side, Pair::isSynced)));
  }

  private static List<String> inspecting(
      Set<Access> accesses, List<String> actions, List<String> inspections) {
    return accesses.contains(Access.INSPECT)
        ? Stream.concat(actions.stream(), inspections.stream()).toList()
        : actions;
  }

  /**
   * The statements for pairs of buckets; those of which only current versions are copied have one
   * of their own, called {@code <sid>Current}.
   *
   * @param forVersions what the other pairs need besides
   * @param arns the resources of the pairs that a condition holds for
   */
  private static Stream<PolicyStatement> ofPairs(
      String sid,
      List<String> actions,
      List<String> forVersions,
      Function<Predicate<Pair>, Stream<String>> arns) {
    List<String> all = Stream.concat(actions.stream(), forVersions.stream()).toList();
    return Stream.concat(
        statements(sid, all, arns.apply(Pair::mayCopyVersions)),
        statements(sid + "Current", actions, arns.apply(pair -> !pair.mayCopyVersions())));
  }

  /** One statement, or as many as its resources need; the second is called {@code <sid>2}. */
  private static Stream<PolicyStatement> statements(
      String sid, List<String> actions, Stream<String> arns) {
    List<String> resources = arns.distinct().toList();
    int count = (resources.size() + RESOURCES_PER_STATEMENT - 1) / RESOURCES_PER_STATEMENT;
    return IntStream.range(0, count)
        .mapToObj(
            part ->
                PolicyStatement.Builder.create()
                    .sid(part == 0 ? sid : sid + (part + 1))
                    .actions(actions)
                    .resources(
                        resources.subList(
                            part * RESOURCES_PER_STATEMENT,
                            Math.min((part + 1) * RESOURCES_PER_STATEMENT, resources.size())))
                    .build());
  }

  /**
   * Keys may be used by S3 or DynamoDB on the worker's behalf, not by the worker itself. For a copy
   * between regions it is not documented which region's S3 opens the source's object, so both may.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service">kms:ViaService</a>
   */
  private Stream<PolicyStatement> keys(
      String sid, List<String> actions, List<MigrationScope> scopes, Side side, Access access) {
    List<MigrationScope> encrypted =
        scopes.stream()
            .filter(scope -> names(scope, access))
            .filter(scope -> !side.stack(scope).keyArns().isEmpty())
            .toList();
    List<String> services =
        encrypted.stream()
            .flatMap(
                scope ->
                    access == Access.READ_BUCKETS || access == Access.COPY_OBJECTS
                        ? Stream.of(
                            "s3." + side.stack(scope).region(), "s3." + scope.target().region())
                        : Stream.of("dynamodb." + side.stack(scope).region()))
            .map(service -> service + "." + stack.getUrlSuffix())
            .distinct()
            .toList();
    return statements(
            sid, actions, encrypted.stream().flatMap(scope -> side.stack(scope).keyArns().stream()))
        .peek(
            statement ->
                statement.addCondition("StringEquals", Map.of("kms:ViaService", services)));
  }

  /** Whether a schema names anything that a kind of access is about. */
  private static boolean names(MigrationScope scope, Access access) {
    return switch (access) {
      case INSPECT -> true;
      case READ_BUCKETS, COPY_OBJECTS -> !scope.buckets().isEmpty();
      case READ_SOURCE_TABLES, READ_TARGET_TABLES, WRITE_TABLES -> !scope.tables().isEmpty();
    };
  }

  /**
   * The schemas that name no role for a side, so that the worker itself needs permissions on it.
   */
  private List<MigrationScope> without(Side side) {
    return scopes.stream().filter(scope -> !side.stack(scope).hasRole()).toList();
  }

  private Stream<String> buckets(
      List<MigrationScope> scopes, Side side, Predicate<Pair> condition) {
    return scopes.stream()
        .flatMap(scope -> scope.buckets().stream())
        .filter(condition)
        .map(pair -> bucketArn(side.name(pair)));
  }

  private Stream<String> objects(
      List<MigrationScope> scopes, Side side, Predicate<Pair> condition) {
    return buckets(scopes, side, condition).map(bucket -> bucket + "/*");
  }

  private Stream<String> tables(List<MigrationScope> scopes, Side side) {
    return tables(scopes, side, pair -> true);
  }

  private Stream<String> tables(List<MigrationScope> scopes, Side side, Predicate<Pair> condition) {
    return scopes.stream()
        .flatMap(
            scope ->
                scope.tables().stream()
                    .filter(condition)
                    .map(pair -> tableArn(side.stack(scope).region(), side.name(pair))));
  }

  /** Bucket names are unique in a partition, so their ARNs have no region and no account. */
  private String bucketArn(String name) {
    return stack.formatArn(
        ArnComponents.builder().service("s3").region("").account("").resource(name).build());
  }

  private String tableArn(String region, String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("dynamodb")
            .region(region)
            .resource("table")
            .resourceName(name)
            .build());
  }

  /** The two stacks of a migration. */
  private enum Side {
    SOURCE("Source"),
    TARGET("Target");

    private final String title;

    Side(String title) {
      this.title = title;
    }

    private StackSide stack(MigrationScope scope) {
      return this == SOURCE ? scope.source() : scope.target();
    }

    private String name(Pair pair) {
      return this == SOURCE ? pair.from() : pair.to();
    }
  }
}
