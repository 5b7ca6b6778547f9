package dev.vams.migration.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;

/**
 * The rules of cdk-nag's AwsSolutions pack. Synthesis fails where a rule is broken without a reason
 * given here; the accepted findings are here and not in the stack, whose template they would enter.
 */
class SecurityRulesTest {
  private static final List<NagPackSuppression> ACCEPTED =
      List.of(
          accept(
              "AwsSolutions-S1",
              "The work bucket holds a run's own files, with keys and names and no contents. A log of"
                  + " its accesses would need a second bucket, for an entry per checkpoint."),
          accept(
              "AwsSolutions-SF1",
              "Errors are logged. All events would be millions of a run's units, and the execution's"
                  + " history has them anyway."),
          accept(
              "AwsSolutions-IAM5",
              "X-Ray's and log delivery's actions know no resources.",
              "/^Resource::\\*$/"),
          accept(
              "AwsSolutions-IAM5",
              "Keys of objects are not known before: all of one bucket, which is named.",
              "/^Resource::(arn:aws:s3:::[a-z-]+|<WorkBucket[A-Z0-9a-z]+\\.Arn>)\\/\\*$/"),
          accept(
              "AwsSolutions-IAM5",
              "Names of executions are not known before: all of the state machine itself.",
              "/^Resource::arn:aws:states:[^*]+:execution:<Workflow[A-Za-z0-9]+\\.Name>[:\\/]\\*$/"));

  private static final List<NagPackSuppression> ACCEPTED_OF_PIPELINE =
      List.of(
          accept(
              "AwsSolutions-S1",
              "The bucket of artifacts holds what is in the repository, for 30 days."),
          accept(
              "AwsSolutions-CB4",
              "The artifacts hold what is in the repository, encrypted with S3's own key."),
          accept(
              "AwsSolutions-IAM5",
              "CDK writes so who may use the artifacts; the bucket is the pipeline's own.",
              "/^Action::s3:(Abort|DeleteObject|GetBucket|GetObject|List)\\*$/"),
          accept(
              "AwsSolutions-IAM5",
              "Keys of artifacts are not known before: all of the pipeline's own bucket.",
              "/^Resource::<Artifacts[A-Z0-9a-z]+\\.Arn>\\/\\*$/"),
          accept(
              "AwsSolutions-IAM5",
              "CDK lets a build write logs and test reports that are named after its project.",
              "/^Resource::arn:aws:(logs|codebuild):[^*]+<Deployment[A-Z0-9a-z]+>(:|-)\\*$/"),
          accept(
              "AwsSolutions-IAM5",
              "Names of executions are not known before: those that the pipeline started.",
              "/^Resource::.*:execution:.*:pipeline\\*$/"));

  @TempDir Path folder;

  @Test
  void areBrokenByTheMigrationOnlyWithAReason() throws IOException {
    Path jar = Files.writeString(folder.resolve("workflow.jar"), "no class is needed here");

    check(
        app ->
            new MigrationStack(
                app,
                MigrationTemplate.STACK,
                SettingsBuilder.of(Scopes.encrypted("", "")).build(jar)),
        ACCEPTED);
  }

  @Test
  void areBrokenByThePipelineOnlyWithAReason() throws IOException {
    check(MigrationPipelineStackTest::pipeline, ACCEPTED_OF_PIPELINE);
  }

  private void check(Function<App, Stack> declare, List<NagPackSuppression> accepted)
      throws IOException {
    Path output = folder.resolve("out");
    App app = MigrationTemplate.app(output);
    Stack stack = declare.apply(app);
    NagSuppressions.addStackSuppressions(stack, accepted);
    Aspects.of(app).add(new AwsSolutionsChecks());

    app.synth();

    String report =
        Files.readString(
            output.resolve("AwsSolutions-%s-NagReport.csv".formatted(stack.getStackName())));
    assertThat(accepted)
        .as("reasons that nothing needs any more")
        .allSatisfy(reason -> assertThat(report).contains(reason.getReason()));
  }

  private static NagPackSuppression accept(String rule, String reason) {
    return NagPackSuppression.builder().id(rule).reason(reason).build();
  }

  private static NagPackSuppression accept(String rule, String reason, String finding) {
    return NagPackSuppression.builder()
        .id(rule)
        .reason(reason)
        .appliesTo(List.of(RegexAppliesTo.builder().regex(finding).build()))
        .build();
  }
}
