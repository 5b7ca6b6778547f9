package dev.vams.migration.infra.construct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/** The bucket in which runs keep their plans, progress, failures and reports. */
public final class WorkBucket extends Construct {
  /** A run is of use until the old stack is gone. Who needs a report longer copies it. */
  private static final Duration RUNS_KEPT = Duration.days(365);

  /** Long enough to look at what a step overwrote, short enough that retries do not pile up. */
  private static final Duration SUPERSEDED_KEPT = Duration.days(30);

  /** No part of a run uploads for longer than a fraction of this. */
  private static final Duration UNFINISHED_UPLOADS_KEPT = Duration.days(7);

  private final Bucket bucket;
  private final String keyArn;
  private final List<String> schemaBuckets;

  /**
   * Adds the bucket to a stack.
   *
   * @param retain whether the bucket outlives the stack; if not, CloudFormation deletes it with the
   *     stack, but refuses while it holds anything
   * @param keyArn the KMS key that encrypts the bucket; empty for S3's own
   * @param schemaBuckets other buckets from which an execution may have its schema read
   */
  public WorkBucket(
      Construct scope, String id, boolean retain, String keyArn, List<String> schemaBuckets) {
    super(scope, id);
    this.keyArn = keyArn;
    this.schemaBuckets = List.copyOf(schemaBuckets);
    Bucket.Builder builder =
        Bucket.Builder.create(this, "Bucket")
            .enforceSsl(true)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .versioned(true)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .expiration(RUNS_KEPT)
                        .noncurrentVersionExpiration(SUPERSEDED_KEPT)
                        .abortIncompleteMultipartUploadAfter(UNFINISHED_UPLOADS_KEPT)
                        .build()))
            .removalPolicy(retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    if (keyArn.isEmpty()) {
      builder.encryption(BucketEncryption.S3_MANAGED);
    } else {
      // A bucket key saves a call to KMS for each object.
      builder
          .encryption(BucketEncryption.KMS)
          .encryptionKey(Key.fromKeyArn(this, "Key", keyArn))
          .bucketKeyEnabled(true);
    }
    bucket = builder.build();
  }

  /** The name that CloudFormation gives the bucket; a token until then. */
  public String bucketName() {
    return bucket.getBucketName();
  }

  /** What tells a function where the bucket is. */
  Map<String, String> environment() {
    return Map.of("WORK_BUCKET", bucketName());
  }

  /**
   * What a worker needs: it reads what earlier steps left, and writes and replaces its own files.
   */
  List<PolicyStatement> workerStatements() {
    return statements("s3:GetObject", "s3:PutObject");
  }

  /** What it takes to tell people of a run's report. */
  List<PolicyStatement> readerStatements() {
    return statements("s3:GetObject");
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

  /** What it takes to read a schema that an execution gives by its place in another bucket. */
  List<PolicyStatement> schemaStatements() {
    if (schemaBuckets.isEmpty()) {
      return List.of();
    }
    return List.of(
        statement(
            "ReadSchemas",
            List.of("s3:GetObject"),
            schemaBuckets.stream().map(this::objectsArn).toList()));
  }

  private List<PolicyStatement> statements(String... objectActions) {
    List<PolicyStatement> statements = new ArrayList<>();
    // Without it, S3 answers "access denied" instead of "no such key" where a file is not there.
    statements.add(
        statement("ListWorkBucket", List.of("s3:ListBucket"), List.of(bucket.getBucketArn())));
    statements.add(
        statement("UseWorkObjects", List.of(objectActions), List.of(bucket.arnForObjects("*"))));
    if (!keyArn.isEmpty()) {
      boolean writes = List.of(objectActions).contains("s3:PutObject");
      PolicyStatement key =
          statement(
              "UseWorkKey",
              writes ? List.of("kms:Decrypt", "kms:GenerateDataKey") : List.of("kms:Decrypt"),
              List.of(keyArn));
      key.addCondition(
          "StringEquals",
          Map.of(
              "kms:ViaService",
              "s3." + Stack.of(this).getRegion() + "." + Stack.of(this).getUrlSuffix()));
      statements.add(key);
    }
    return statements;
  }

  private static PolicyStatement statement(
      String sid, List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().sid(sid).actions(actions).resources(resources).build();
  }

  private String objectsArn(String bucketName) {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("s3")
                .region("")
                .account("")
                .resource(bucketName)
                .resourceName("*")
                .build());
  }
}
