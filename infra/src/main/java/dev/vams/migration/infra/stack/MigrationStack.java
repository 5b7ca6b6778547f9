package dev.vams.migration.infra.stack;

import dev.vams.migration.infra.construct.CopyPermissions;
import dev.vams.migration.infra.construct.MigrationFunctions;
import dev.vams.migration.infra.construct.MigrationStateMachine;
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
    WorkBucket workBucket = new WorkBucket(this, "WorkBucket", settings.destroyWorkBucket());
    CopyPermissions permissions = new CopyPermissions(this, settings.scopes());
    MigrationFunctions functions =
        new MigrationFunctions(this, "Functions", settings.workflowJar(), workBucket, permissions);
    MigrationStateMachine stateMachine =
        new MigrationStateMachine(this, "Workflow", settings.definition(), workBucket, functions);

    output(
        "StateMachineArn",
        "Start executions of this, with the schema as input",
        stateMachine.arn());
    output("WorkBucketName", "Plans, failures and reports of all runs", workBucket.bucketName());
  }

  private void output(String name, String description, String value) {
    CfnOutput.Builder.create(this, name).description(description).value(value).build();
  }
}
