package dev.vams.migration.infra.construct;

import dev.vams.migration.infra.settings.MigrationScope;
import dev.vams.migration.infra.settings.Pair;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Writes the statements that let workers touch the buckets and tables of the schemas: each by its
 * exact ARN, source stacks for reading only.
 *
 * <p>A role's inline policies hold 10,240 characters, about a hundred tables. CDK moves statements
 * beyond that into managed policies by itself, as long as they are added to the role and not to a
 * policy of our own.
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

  private final Stack stack;
  private final List<MigrationScope> scopes;

  /** Permissions for what {@code scopes} name, in the account and partition of {@code stack}. */
  public CopyPermissions(Stack stack, List<MigrationScope> scopes) {
    this.stack = stack;
    this.scopes = List.copyOf(scopes);
  }

  /** The statements for one kind of access; none if the schemas name nothing of that kind. */
  List<PolicyStatement> statements(Access access) {
    return every(access).filter(PolicyStatement::getHasResource).toList();
  }

  private Stream<PolicyStatement> every(Access access) {
    return switch (access) {
      case READ_BUCKETS ->
          Stream.of(
              statement("ReadSourceBuckets", READ_BUCKET, buckets(Pair::from)),
              statement("ReadSourceObjects", READ_OBJECTS, objects(Pair::from)),
              statement("ReadTargetBuckets", READ_BUCKET, buckets(Pair::to)),
              statement("ReadTargetObjects", READ_OBJECTS, objects(Pair::to)));
      case WRITE_BUCKETS ->
          Stream.of(statement("WriteTargetObjects", WRITE_OBJECTS, objects(Pair::to)));
      case READ_TABLES ->
          Stream.of(
              statement("ReadSourceTables", READ_SOURCE_TABLE, sourceTables()),
              statement("ReadTargetTables", READ_TARGET_TABLE, targetTables()));
      case WRITE_TABLES -> Stream.of(statement("WriteTargetTables", WRITE_TABLE, targetTables()));
    };
  }

  private static PolicyStatement statement(String sid, List<String> actions, Stream<String> arns) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(actions)
        .resources(arns.distinct().toList())
        .build();
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
