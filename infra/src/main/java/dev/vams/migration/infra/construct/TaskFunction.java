package dev.vams.migration.infra.construct;

import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** One worker: its function, its own role and log group, and the alias that the workflow calls. */
final class TaskFunction extends Construct {
  /**
   * Lambda's longest. Workers stop themselves before it and are called again; the workflow's own
   * limit for a task is 10 s longer, so that Lambda's clearer error comes first.
   */
  private static final Duration TIMEOUT = Duration.minutes(15);

  /**
   * MB. Lambda gives one full vCPU at 1,769 MB. Workers wait for S3 and DynamoDB most of the time,
   * and less memory would slow the rest down by the same factor as it is cheaper.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Configure
   *     Lambda function memory</a>
   */
  private static final int MEMORY = 1_769;

  private final Alias live;

  TaskFunction(
      Construct scope,
      WorkflowTask task,
      Code code,
      WorkBucket workBucket,
      CopyPermissions permissions) {
    super(scope, task.title());
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    // A role of our own: the one that CDK would make may write to every log group of the account.
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    logs.grantWrite(role);
    workBucket.workerStatements().forEach(role::addToPolicy);
    task.accesses().stream()
        .flatMap(access -> permissions.statements(access).stream())
        .forEach(role::addToPolicy);
    Function function =
        Function.Builder.create(this, "Function")
            .description("The " + task.title() + " task of the VAMS data migration")
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .handler(task.handler())
            .code(code)
            .role(role)
            .logGroup(logs)
            .tracing(Tracing.ACTIVE)
            .timeout(TIMEOUT)
            .memorySize(MEMORY)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .environment(Map.of("WORK_BUCKET", workBucket.bucketName()))
            .build();
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias below publishes a version.");
    // SnapStart works on published versions only, and a run that is under way stays on the version
    // it began with.
    live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
  }

  /** The ARN of the alias, which is the only thing that the workflow may invoke. */
  String liveArn() {
    return live.getFunctionArn();
  }
}
