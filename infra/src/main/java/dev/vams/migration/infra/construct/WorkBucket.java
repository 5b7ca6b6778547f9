package dev.vams.migration.infra.construct;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/**
 * The bucket in which runs keep their plans, progress, failures and reports. It outlives the stack
 * unless told otherwise: the reports prove that nothing was lost.
 */
public final class WorkBucket extends Construct {
  /** Long enough to look at what a step overwrote, short enough that retries do not pile up. */
  private static final Duration SUPERSEDED_KEPT = Duration.days(30);

  /** No part of a run uploads for longer than a fraction of this. */
  private static final Duration UNFINISHED_UPLOADS_KEPT = Duration.days(7);

  private final Bucket bucket;

  /**
   * Adds the bucket to a stack.
   *
   * @param destroy whether deleting the stack deletes the bucket; CloudFormation refuses while it
   *     holds anything
   */
  public WorkBucket(Construct scope, String id, boolean destroy) {
    super(scope, id);
    bucket =
        Bucket.Builder.create(this, "Bucket")
            .encryption(BucketEncryption.S3_MANAGED)
            .enforceSsl(true)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .versioned(true)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .noncurrentVersionExpiration(SUPERSEDED_KEPT)
                        .abortIncompleteMultipartUploadAfter(UNFINISHED_UPLOADS_KEPT)
                        .build()))
            .removalPolicy(destroy ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN)
            .build();
  }

  /** The name that CloudFormation gives the bucket; a token until then. */
  public String bucketName() {
    return bucket.getBucketName();
  }

  /**
   * What a worker needs: it reads what earlier steps left, and writes and replaces its own files.
   */
  List<PolicyStatement> workerStatements() {
    return statements("s3:GetObject", "s3:PutObject", "s3:DeleteObject");
  }

  /**
   * What a Distributed Map needs to read its units and to write its results, which may be a
   * multipart upload.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html">IAM
   *     policies for Distributed Map states</a>
   */
  List<PolicyStatement> distributedMapStatements() {
    return statements(
        "s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload");
  }

  private List<PolicyStatement> statements(String... objectActions) {
    return List.of(
        PolicyStatement.Builder.create()
            .sid("ListWorkBucket")
            .actions(List.of("s3:ListBucket"))
            .resources(List.of(bucket.getBucketArn()))
            .build(),
        PolicyStatement.Builder.create()
            .sid("UseWorkObjects")
            .actions(List.of(objectActions))
            .resources(List.of(bucket.arnForObjects("*")))
            .build());
  }
}
