package dev.vams.migration.infra;

import dev.vams.migration.infra.settings.MigrationSettings;
import dev.vams.migration.infra.settings.PipelineSettings;
import dev.vams.migration.infra.settings.SettingsException;
import dev.vams.migration.infra.stack.MigrationPipelineStack;
import dev.vams.migration.infra.stack.MigrationStack;
import java.util.function.Function;
import software.amazon.awscdk.App;

/** The CDK app. The CDK command line runs it, as {@code cdk.json} says. */
public final class MigrationApp {
  private static final String MIGRATION = "VamsDataMigration";

  private MigrationApp() {}

  /**
   * Writes the CloudFormation templates to where the CDK command line wants them: of the migration,
   * and of the pipeline that runs it where the context asks for one.
   */
  public static void main(String[] arguments) {
    App app = new App();
    try {
      Function<String, Object> context = app.getNode()::tryGetContext;
      MigrationSettings settings = MigrationSettings.from(context);
      new MigrationStack(app, MIGRATION, settings);
      PipelineSettings.from(context)
          .ifPresent(
              pipeline ->
                  new MigrationPipelineStack(
                      app, MIGRATION + "Pipeline", pipeline, settings.region(), MIGRATION));
    } catch (SettingsException wrongSettings) {
      // A mistake in the settings is not a defect of the app: the message says it all, a stack
      // trace would hide it.
      System.err.println(wrongSettings.getMessage());
      System.exit(1);
    }
    app.synth();
  }
}
