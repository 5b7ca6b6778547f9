package dev.vams.migration.infra.stack;

import dev.vams.migration.infra.construct.MigrationPipelineStage;
import dev.vams.migration.infra.settings.PipelineSettings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.codebuild.BuildEnvironment;
import software.amazon.awscdk.services.codebuild.BuildEnvironmentVariable;
import software.amazon.awscdk.services.codebuild.BuildSpec;
import software.amazon.awscdk.services.codebuild.LinuxBuildImage;
import software.amazon.awscdk.services.codebuild.PipelineProject;
import software.amazon.awscdk.services.codepipeline.Artifact;
import software.amazon.awscdk.services.codepipeline.IAction;
import software.amazon.awscdk.services.codepipeline.Pipeline;
import software.amazon.awscdk.services.codepipeline.PipelineType;
import software.amazon.awscdk.services.codepipeline.StageOptions;
import software.amazon.awscdk.services.codepipeline.actions.CodeBuildAction;
import software.amazon.awscdk.services.codepipeline.actions.CodeStarConnectionsSourceAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * An example of a pipeline: it takes the repository, deploys the migration with the permissions of
 * its schema, and runs it. Take {@link MigrationPipelineStage} alone for a pipeline of your own.
 */
public final class MigrationPipelineStack extends Stack {
  /** Artifacts are of no use when the pipeline has gone on. */
  private static final Duration ARTIFACTS_KEPT = Duration.days(30);

  /** The roles of a bootstrapped account with which the CDK deploys a stack without images. */
  private static final List<String> DEPLOYMENT_ROLES =
      List.of("deploy-role", "file-publishing-role", "lookup-role");

  /**
   * Declares the stack, in the region of the migration. It takes from the migration's stack what
   * that exports, so that each can be deployed without the other at hand.
   *
   * @param migrationStack the name of the migration's stack, which is deployed first
   */
  public MigrationPipelineStack(
      Construct scope, String id, PipelineSettings settings, String region, String migrationStack) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("Deploys the VAMS data migration and runs it")
            .env(Environment.builder().region(region).build())
            .build());
    Artifact source = new Artifact("Source");
    Pipeline pipeline =
        Pipeline.Builder.create(this, "Pipeline")
            .pipelineType(PipelineType.V2)
            .artifactBucket(artifacts())
            .stages(
                List.of(
                    stage(
                        "Source",
                        CodeStarConnectionsSourceAction.Builder.create()
                            .actionName("Repository")
                            .connectionArn(settings.connectionArn())
                            .owner(settings.owner())
                            .repo(settings.repository())
                            .branch(settings.branch())
                            .output(source)
                            .build()),
                    stage(
                        "Deploy",
                        CodeBuildAction.Builder.create()
                            .actionName("Deploy")
                            .project(deployment(settings.schemaFile()))
                            .input(source)
                            .build())))
            .build();
    new MigrationPipelineStage(
        this,
        "MigrateData",
        pipeline,
        StateMachine.fromStateMachineArn(
            this,
            "Workflow",
            Fn.importValue(MigrationStack.exportName(migrationStack, "StateMachineArn"))),
        Fn.importValue(MigrationStack.exportName(migrationStack, "WorkBucketName")),
        source.atPath(settings.schemaFile()));
  }

  private static StageOptions stage(String name, IAction action) {
    return StageOptions.builder().stageName(name).actions(List.of(action)).build();
  }

  private Bucket artifacts() {
    return Bucket.Builder.create(this, "Artifacts")
        .encryption(BucketEncryption.S3_MANAGED)
        .enforceSsl(true)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .lifecycleRules(List.of(LifecycleRule.builder().expiration(ARTIFACTS_KEPT).build()))
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  private PipelineProject deployment(String schemaFile) {
    PipelineProject project =
        PipelineProject.Builder.create(this, "Deployment")
            .description("Deploys the VAMS data migration")
            .environment(
                BuildEnvironment.builder().buildImage(LinuxBuildImage.AMAZON_LINUX_2_5).build())
            .buildSpec(BuildSpec.fromSourceFilename("infra/deploy.buildspec.yml"))
            .environmentVariables(
                Map.of("SCHEMA", BuildEnvironmentVariable.builder().value(schemaFile).build()))
            .build();
    project.addToRolePolicy(
        PolicyStatement.Builder.create()
            .sid("DeployAsTheCdk")
            .actions(List.of("sts:AssumeRole"))
            .resources(DEPLOYMENT_ROLES.stream().map(this::bootstrapRoleArn).toList())
            .build());
    return project;
  }

  /**
   * The name that bootstrapping gives the role.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html">Bootstrapping</a>
   */
  private String bootstrapRoleArn(String role) {
    return formatArn(
        ArnComponents.builder()
            .service("iam")
            .region("")
            .resource("role")
            .resourceName(
                "cdk-%s-%s-%s-%s"
                    .formatted(
                        DefaultStackSynthesizer.DEFAULT_QUALIFIER, role, getAccount(), getRegion()))
            .build());
  }
}
