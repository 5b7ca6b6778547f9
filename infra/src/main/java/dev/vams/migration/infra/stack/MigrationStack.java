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
import software.constructs.Construct;

/**
 * Everything that a migration needs in the account: a bucket, the workers, and the workflow that
 * calls them.
 */
public final class MigrationStack extends Stack {
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
      MigrationStateMachine workflow =
          new MigrationStateMachine(this, "Workflow", settings.definition(), workBucket, functions);
      RunNotifications notifications =
          new RunNotifications(this, "Notifications", code, workBucket, workflow);
      MigrationAlarms alarms =
          new MigrationAlarms(this, "Alarms", workflow, functions, notifications);
      new MigrationDashboard(this, "Dashboard", workflow, functions, alarms);
      output(
          "StateMachineArn", "Start executions of this, with the schema as input", workflow.arn());
      output(
          "NotificationTopicArn",
          "Subscribe to this to hear of runs and alarms",
          notifications.topic().getTopicArn());
    }
    output("WorkBucketName", "Plans, failures and reports of all runs", workBucket.bucketName());
  }

  /** The name under which a stack of this kind exports one of its outputs. */
  static String exportName(String stackName, String output) {
    return stackName + ":" + output;
  }

  private void output(String name, String description, String value) {
    CfnOutput.Builder.create(this, name)
        .description(description)
        .value(value)
        .exportName(exportName(getStackName(), name))
        .build();
  }
}
