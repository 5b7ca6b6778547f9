package dev.vams.migration.infra.construct;

import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.Pair;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Writes the statements that let workers touch the buckets and tables of the schemas: each by its
 * exact ARN, source stacks for reading only.
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
  private static final List<String> READ_BUCKET =
      List.of("s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketVersioning");
  private static final List<String> READ_OBJECTS = List.of("s3:GetObject", "s3:GetObjectTagging");

  /**
   * AbortMultipartUpload, so that a copy that fails half way leaves no parts that are paid for and
   * never seen.
   */
  private static final List<String> WRITE_OBJECTS =
      List.of("s3:PutObject", "s3:PutObjectTagging", "s3:AbortMultipartUpload");

  private static final List<String> READ_SOURCE_TABLE =
      List.of("dynamodb:DescribeTable", "dynamodb:Scan");
  private static final List<String> READ_TARGET_TABLE =
      List.of("dynamodb:DescribeTable", "dynamodb:Scan", "dynamodb:BatchGetItem");
  private static final List<String> WRITE_TABLE =
      List.of("dynamodb:BatchWriteItem", "dynamodb:PutItem");

  /** Fifteen ARNs of tables with the longest name, 255 characters, still fit a managed policy. */
  private static final int RESOURCES_PER_STATEMENT = 15;

  private final Stack stack;
  private final List<MigrationScope> scopes;

  /** Permissions for what {@code scopes} name, in the account and partition of {@code stack}. */
  public CopyPermissions(Stack stack, List<MigrationScope> scopes) {
    this.stack = stack;
    this.scopes = List.copyOf(scopes);
  }

  /** The statements for one kind of access; none if the schemas name nothing of that kind. */
  List<PolicyStatement> statements(Access access) {
    return switch (access) {
      case READ_BUCKETS ->
          Stream.of(
                  statements("ReadSourceBuckets", READ_BUCKET, buckets(Pair::from)),
                  statements("ReadSourceObjects", READ_OBJECTS, objects(Pair::from)),
                  statements("ReadTargetBuckets", READ_BUCKET, buckets(Pair::to)),
                  statements("ReadTargetObjects", READ_OBJECTS, objects(Pair::to)))
              .flatMap(Function.identity())
              .toList();
      case WRITE_BUCKETS ->
          statements("WriteTargetObjects", WRITE_OBJECTS, objects(Pair::to)).toList();
      case READ_TABLES ->
          Stream.concat(
                  statements("ReadSourceTables", READ_SOURCE_TABLE, sourceTables()),
                  statements("ReadTargetTables", READ_TARGET_TABLE, targetTables()))
              .toList();
      case WRITE_TABLES -> statements("WriteTargetTables", WRITE_TABLE, targetTables()).toList();
    };
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

  private Stream<String> buckets(Function<Pair, String> side) {
    return scopes.stream()
        .flatMap(scope -> scope.buckets().stream())
        .map(pair -> bucketArn(side.apply(pair)));
  }

  private Stream<String> objects(Function<Pair, String> side) {
    return buckets(side).map(bucket -> bucket + "/*");
  }

  private Stream<String> sourceTables() {
    return scopes.stream()
        .flatMap(
            scope ->
                scope.tables().stream().map(pair -> tableArn(scope.sourceRegion(), pair.from())));
  }

  private Stream<String> targetTables() {
    return scopes.stream()
        .flatMap(
            scope ->
                scope.tables().stream().map(pair -> tableArn(scope.targetRegion(), pair.to())));
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
}
