package dev.vams.migration.infra;

import dev.vams.migration.infra.settings.MigrationSettings;
import dev.vams.migration.infra.settings.SettingsException;
import dev.vams.migration.infra.stack.MigrationStack;
import software.amazon.awscdk.App;

/** The CDK app. The CDK command line runs it, as {@code cdk.json} says. */
public final class MigrationApp {
  private MigrationApp() {}

  /**
   * Writes the CloudFormation template of the migration stack to where the CDK command line wants
   * it.
   */
  public static void main(String[] arguments) {
    App app = new App();
    try {
      new MigrationStack(
          app, "VamsDataMigration", MigrationSettings.from(app.getNode()::tryGetContext));
    } catch (SettingsException wrongSettings) {
      // A mistake in the settings is not a defect of the app: the message says it all, a stack
      // trace would hide it.
      System.err.println(wrongSettings.getMessage());
      System.exit(1);
    }
    app.synth();
  }
}
