package dev.vams.migration.infra.construct;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * Tells people when a run starts and how it ends: Step Functions' event calls the function Notify,
 * which reads the report and publishes a message to a topic. Nobody is subscribed to it at first.
 */
public final class RunNotifications extends Construct {
  /** MB. One small file is read and one message sent; a third of a vCPU does. */
  private static final int MEMORY = 512;

  private static final List<String> STATUSES =
      List.of("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");

  private final Topic topic;
  private final MigrationFunction notify;

  /** Adds topic, function and rule. */
  public RunNotifications(
      Construct scope,
      String id,
      FunctionCode code,
      WorkBucket workBucket,
      MigrationStateMachine workflow) {
    super(scope, id);
    Key key = key();
    topic =
        Topic.Builder.create(this, "Topic")
            .displayName("VAMS migration")
            .masterKey(key)
            .enforceSsl(true)
            .build();
    topic.addToResourcePolicy(
        forAlarms(
            PolicyStatement.Builder.create()
                .sid("AlarmsPublish")
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))));
    notify =
        new MigrationFunction(
            this, "Notify", MEMORY, 0, code, environment(workBucket), statements(key, workBucket));
    Rule rule =
        Rule.Builder.create(this, "RunStatusChanged")
            .description("A run of the VAMS data migration started or ended")
            .eventPattern(
                EventPattern.builder()
                    .source(List.of("aws.states"))
                    .detailType(List.of("Step Functions Execution Status Change"))
                    .build())
            .targets(List.of(new LambdaFunction(notify.live())))
            .build();
    // One by one: what is in one map comes out in another order each time, and templates must not
    // vary.
    rule.addEventPattern(detail("executionArn", Match.prefix(workflow.executionArnPrefix())));
    rule.addEventPattern(detail("status", STATUSES));
  }

  private static EventPattern detail(String name, List<String> values) {
    return EventPattern.builder().detail(Map.of(name, values)).build();
  }

  /** The function that writes the messages. */
  Function function() {
    return notify.function();
  }

  /** The topic of all messages and alarms. */
  public Topic topic() {
    return topic;
  }

  private Map<String, String> environment(WorkBucket workBucket) {
    Map<String, String> environment = new TreeMap<>(workBucket.environment());
    environment.put("NOTIFICATION_TOPIC_ARN", topic.getTopicArn());
    return environment;
  }

  private List<PolicyStatement> statements(Key key, WorkBucket workBucket) {
    return Stream.concat(
            workBucket.readerStatements().stream(),
            Stream.of(
                PolicyStatement.Builder.create()
                    .sid("Publish")
                    .actions(List.of("sns:Publish"))
                    .resources(List.of(topic.getTopicArn()))
                    .build(),
                PolicyStatement.Builder.create()
                    .sid("UseTopicKey")
                    .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                    .resources(List.of(key.getKeyArn()))
                    .build()))
        .toList();
  }

  /**
   * A key of our own: alarms may not use the one that SNS has by default.
   *
   * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html">Managing
   *     Amazon SNS encryption keys</a>
   */
  private Key key() {
    Key key =
        Key.Builder.create(this, "Key")
            .description("Messages of the VAMS data migration")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    key.addToResourcePolicy(
        forAlarms(
            PolicyStatement.Builder.create()
                .sid("AlarmsEncrypt")
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                // In the policy of a key this is the key itself.
                .resources(List.of("*"))));
    return key;
  }

  /** Makes a statement for the alarms of this account. */
  private PolicyStatement forAlarms(PolicyStatement.Builder statement) {
    return statement
        .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
        .conditions(
            Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
        .build();
  }
}
