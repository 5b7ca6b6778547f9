package dev.vams.migration.cli;

import java.nio.file.Path;

/**
 * What the user can type next about a run of the deployed workflow.
 *
 * @param schemaFile as it was typed
 * @param stack the name of the stack
 * @param region where the stack is
 */
record DeployedCommands(Path schemaFile, String stack, String region) {

  /** Shows the run's progress and result. */
  String follow(String run) {
    return command("--follow", run);
  }

  /** Continues the run. */
  String resume(String run) {
    return command("--resume", run);
  }

  /** Stops the run. */
  String stop(String executionArn) {
    return "aws stepfunctions stop-execution --region %s --execution-arn %s"
        .formatted(region, executionArn);
  }

  private String command(String option, String run) {
    String typedStack =
        stack.equals(StackOption.DEFAULT) ? "" : " --stack " + ShellLine.quoted(stack);
    return ShellLine.of("run", "--engine", "stepfunctions")
        + typedStack
        + " --schema "
        + ShellLine.quoted(schemaFile.toString())
        + " %s %s".formatted(option, run);
  }
}
