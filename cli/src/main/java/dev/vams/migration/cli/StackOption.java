package dev.vams.migration.cli;

import picocli.CommandLine.Option;

/** Which deployment a verb uses. */
final class StackOption {

  /** The name that the CDK app gives to its stack. */
  static final String DEFAULT = "VamsDataMigration";

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      defaultValue = DEFAULT,
      description =
          "The CloudFormation stack of the deployed workflow (default: VamsDataMigration).")
  private String name;

  String name() {
    return name;
  }
}
