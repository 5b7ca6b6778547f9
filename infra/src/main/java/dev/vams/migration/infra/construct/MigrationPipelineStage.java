package dev.vams.migration.infra.construct;

import java.util.List;
import software.amazon.awscdk.services.codepipeline.ArtifactPath;
import software.amazon.awscdk.services.codepipeline.Pipeline;
import software.amazon.awscdk.services.codepipeline.StageOptions;
import software.amazon.awscdk.services.codepipeline.actions.ManualApprovalAction;
import software.amazon.awscdk.services.codepipeline.actions.StateMachineInput;
import software.amazon.awscdk.services.codepipeline.actions.StepFunctionInvokeAction;
import software.amazon.awscdk.services.stepfunctions.IStateMachine;
import software.constructs.Construct;

/**
 * The stage MigrateData of a pipeline. It starts a run with the migration schema of the source,
 * waits for the verdict, and fails unless it is good. Then somebody reads the report and approves.
 *
 * <p>CodePipeline waits seven days at most, for the run and for the approval each. It goes on to
 * fail where a run takes longer, but the run itself goes on.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html">Step
 *     Functions invoke action reference</a>
 */
public final class MigrationPipelineStage extends Construct {
  private static final String NAMESPACE = "MigrateData";

  /**
   * Adds the stage at the end of a pipeline.
   *
   * @param stateMachine the deployed workflow
   * @param workBucketName where it keeps its reports
   * @param schema the migration schema in an artifact of an earlier stage; at most 256 KiB, which
   *     is what an execution takes
   */
  public MigrationPipelineStage(
      Construct scope,
      String id,
      Pipeline pipeline,
      IStateMachine stateMachine,
      String workBucketName,
      ArtifactPath schema) {
    super(scope, id);
    pipeline.addStage(
        StageOptions.builder()
            .stageName("MigrateData")
            .actions(
                List.of(
                    StepFunctionInvokeAction.Builder.create()
                        .actionName("Migrate")
                        .runOrder(1)
                        .stateMachine(stateMachine)
                        .stateMachineInput(StateMachineInput.filePath(schema))
                        .executionNamePrefix("pipeline")
                        .variablesNamespace(NAMESPACE)
                        .build(),
                    ManualApprovalAction.Builder.create()
                        .actionName("ReadReport")
                        .runOrder(2)
                        .additionalInformation(
                            "The data was copied and verified. Read the report, then approve:"
                                + " s3://%s/runs/RUN/report.txt, where RUN is what follows the last colon of #{%s.ExecutionArn}"
                                    .formatted(workBucketName, NAMESPACE))
                        .build()))
            .build());
  }
}
