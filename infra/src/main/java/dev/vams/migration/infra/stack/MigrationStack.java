package dev.vams.migration.infra.stack;

import dev.vams.migration.infra.construct.CopyPermissions;
import dev.vams.migration.infra.construct.FunctionCode;
import dev.vams.migration.infra.construct.MigrationAlarms;
import dev.vams.migration.infra.construct.MigrationDashboard;
import dev.vams.migration.infra.construct.MigrationFunctions;
import dev.vams.migration.infra.construct.MigrationStateMachine;
import dev.vams.migration.infra.construct.RunNotifications;
import dev.vams.migration.infra.construct.WorkBucket;
import dev.vams.migration.infra.settings.MigrationSettings;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.stepfunctions.IStateMachine;
import software.constructs.Construct;

/**
 * Everything that a migration needs in the account: a bucket, the workers, and the workflow that
 * calls them.
 */
public final class MigrationStack extends Stack {
  private final MigrationStateMachine workflow;
  private final String workBucketName;

  /**
   * Declares the stack. It goes to the account of whoever deploys it, in the region of the
   * settings.
   */
  public MigrationStack(Construct scope, String id, MigrationSettings settings) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("Copies the data of one VAMS stack to another, and verifies the copy")
            .env(Environment.builder().region(settings.region()).build())
            .build());
    WorkBucket workBucket =
        new WorkBucket(
            this,
            "WorkBucket",
            settings.retainWorkBucket(),
            settings.workBucketKeyArn(),
            settings.schemaBuckets());
    try (FunctionCode code = new FunctionCode(settings.workflowJar(), settings.granted())) {
      MigrationFunctions functions =
          new MigrationFunctions(
              this,
              "Functions",
              code,
              settings.workerConcurrency(),
              workBucket,
              new CopyPermissions(this, settings.scopes()));
      workflow =
          new MigrationStateMachine(this, "Workflow", settings.definition(), workBucket, functions);
      RunNotifications notifications =
          new RunNotifications(this, "Notifications", code, workBucket, workflow);
      MigrationAlarms alarms =
          new MigrationAlarms(this, "Alarms", workflow, functions, notifications);
      new MigrationDashboard(this, "Dashboard", workflow, functions, alarms);
      output(
          "NotificationTopicArn",
          "Subscribe to this to hear of runs and alarms",
          notifications.topic().getTopicArn());
    }
    workBucketName = workBucket.bucketName();
    output("StateMachineArn", "Start executions of this, with the schema as input", workflow.arn());
    output("WorkBucketName", "Plans, failures and reports of all runs", workBucketName);
  }

  /** The state machine, for a pipeline that starts it. */
  public IStateMachine stateMachine() {
    return workflow.stateMachine();
  }

  /** The bucket with the reports, by the name that CloudFormation gives it. */
  public String workBucketName() {
    return workBucketName;
  }

  private void output(String name, String description, String value) {
    CfnOutput.Builder.create(this, name).description(description).value(value).build();
  }
}
