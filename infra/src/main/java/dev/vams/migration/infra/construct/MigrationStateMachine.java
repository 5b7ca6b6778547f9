package dev.vams.migration.infra.construct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/**
 * The workflow, from its definition file. For a definition that is given as text CDK writes no
 * permissions and drops {@code comment} and {@code timeout}; so all permissions are here, and
 * comment and timeout in the file.
 */
public final class MigrationStateMachine extends Construct {
  private final StateMachine stateMachine;

  /**
   * Adds the state machine.
   *
   * @param definition a file whose placeholders are {@code Partition}, {@code WorkBucketName} and
   *     one {@code <Name>FunctionArn} per task
   * @throws UncheckedIOException if the definition cannot be read
   */
  public MigrationStateMachine(
      Construct scope,
      String id,
      Path definition,
      WorkBucket workBucket,
      MigrationFunctions functions) {
    super(scope, id);
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("states.amazonaws.com"))
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("InvokeTasks")
            .actions(List.of("lambda:InvokeFunction"))
            .resources(functions.liveArns())
            .build());
    workBucket.distributedMapStatements().forEach(role::addToPolicy);
    stateMachine =
        StateMachine.Builder.create(this, "StateMachine")
            .stateMachineType(StateMachineType.STANDARD)
            .definitionBody(DefinitionBody.fromString(read(definition)))
            .definitionSubstitutions(substitutions(workBucket, functions))
            .role(role)
            .tracingEnabled(true)
            .logs(
                LogOptions.builder()
                    .destination(logs())
                    .level(LogLevel.ERROR)
                    .includeExecutionData(false)
                    .build())
            .build();
    allowDistributedMaps(role);
  }

  /** The state machine itself. */
  public StateMachine stateMachine() {
    return stateMachine;
  }

  /** The ARN with which executions are started; a token until the stack is deployed. */
  public String arn() {
    return stateMachine.getStateMachineArn();
  }

  private static String read(Path definition) {
    try {
      return Files.readString(definition);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "Cannot read the workflow's definition " + definition, unreadable);
    }
  }

  private Map<String, String> substitutions(WorkBucket workBucket, MigrationFunctions functions) {
    Map<String, String> substitutions = new TreeMap<>(functions.liveArnsByPlaceholder());
    substitutions.put("Partition", Stack.of(this).getPartition());
    substitutions.put("WorkBucketName", workBucket.bucketName());
    return substitutions;
  }

  /**
   * The prefix keeps the group out of the account's one resource policy for log delivery, whose
   * size is limited.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html">Avoiding Amazon
   *     CloudWatch Logs resource policy size limits</a>
   */
  private LogGroup logs() {
    return LogGroup.Builder.create(this, "Logs")
        .logGroupName("/aws/vendedlogs/states/" + Stack.of(this).getStackName())
        .retention(RetentionDays.THREE_MONTHS)
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  /**
   * A Distributed Map starts executions of its own state machine, follows and stops them, and
   * redrives those that failed when its parent is redriven. These statements name the state
   * machine, which CDK makes wait for the role's default policy: in that policy they would be a
   * cycle.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html">IAM
   *     policies for Distributed Map states</a>
   */
  private void allowDistributedMaps(Role role) {
    // The executions of a map are named <state machine>/<map label>:<id>, all others <state
    // machine>:<id>.
    String mapExecutions = executionArn("/*");
    Policy.Builder.create(this, "DistributedMapPolicy")
        .statements(
            List.of(
                statement("StartMapExecutions", List.of("states:StartExecution"), List.of(arn())),
                statement(
                    "FollowMapExecutions",
                    List.of("states:DescribeExecution", "states:StopExecution"),
                    List.of(executionArn(":*"), mapExecutions)),
                statement(
                    "RedriveMapExecutions",
                    List.of("states:RedriveExecution"),
                    List.of(mapExecutions))))
        .roles(List.of(role))
        .build();
  }

  private static PolicyStatement statement(
      String sid, List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().sid(sid).actions(actions).resources(resources).build();
  }

  /** The ARN that those of all executions which somebody started begin with, and no map's do. */
  String executionArnPrefix() {
    return executionArn(":");
  }

  private String executionArn(String suffix) {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("states")
                .resource("execution")
                .resourceName(stateMachine.getStateMachineName() + suffix)
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
  }
}
