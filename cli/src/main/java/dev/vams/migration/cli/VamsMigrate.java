package dev.vams.migration.cli;

import dev.vams.migration.cli.deployed.DeploymentException;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.WorkStoreException;
import dev.vams.migration.workflow.UnusableSettingsException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;

/** The command line {@code vams-migrate}. */
@Command(
    name = "vams-migrate",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    description = {
      "Moves the data of one AWS stack to another: S3 buckets and DynamoDB tables, copied, verified and reported.",
      "",
      "Reads the standard AWS settings: AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_DYNAMODB ..."
    },
    subcommands = {
      DemoCommand.class,
      ValidateCommand.class,
      RunCommand.class,
      VerifyCommand.class,
      PreviewCommand.class,
      SpeedCommand.class,
      SandboxCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:verified (for validate: the schema is valid)",
      " 1:something differs or failed; the report names it",
      " 2:the input is wrong; nothing was changed",
      " 3:something cannot be reached or is not allowed"
    },
    footer = {
      "",
      "Examples:",
      "  vams-migrate demo",
      "  vams-migrate validate config/my-migration.json",
      "  vams-migrate preview --schema config/my-migration.json --table TABLE",
      "  vams-migrate run --schema config/my-migration.json --dry-run",
      "  vams-migrate run --schema config/my-migration.json",
      "  vams-migrate run --engine stepfunctions --schema config/my-migration.json"
    })
public final class VamsMigrate {
  private VamsMigrate() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine root = new CommandLine(new VamsMigrate());
    IParameterExceptionHandler forPeople = root.getParameterExceptionHandler();
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (exception, arguments) -> {
              if (asksForJson(arguments)) {
                UserException user =
                    new UserException(ExitCode.WRONG_INPUT, exception.getMessage());
                RunOutput.print(user.summary(), exception.getCommandLine().getOut());
              }
              return forPeople.handleParseException(exception, arguments);
            })
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> {
              UserException user = forUser(exception);
              if (commandLine.getCommand() instanceof HasOutputFormat verb
                  && verb.format() == OutputFormat.JSON) {
                RunOutput.print(user.summary(), commandLine.getOut());
              }
              commandLine.getErr().println(user.getMessage());
              return user.exitCode();
            });
  }

  /** Read by hand, because the arguments as a whole could not be parsed. */
  private static boolean asksForJson(String... arguments) {
    return String.join("=", arguments).toLowerCase(Locale.ROOT).contains("--output=json");
  }

  /** Anything but a mistake or a missing permission is a defect, and keeps its stack trace. */
  private static UserException forUser(Exception exception) throws Exception {
    if (exception instanceof UserException user) {
      return user;
    }
    if (exception instanceof WorkStoreException || exception instanceof StoreException) {
      return new UserException(ExitCode.NO_ACCESS, exception.getMessage());
    }
    if (exception instanceof UnusableSettingsException) {
      return new UserException(
          ExitCode.WRONG_INPUT,
          exception.getMessage()
              + " Write an endpoint such as http://127.0.0.1:9000, or remove the setting.");
    }
    if (exception instanceof DeploymentException deployment) {
      int exitCode =
          deployment.reason() == DeploymentException.Reason.MISSING
              ? ExitCode.WRONG_INPUT
              : ExitCode.NO_ACCESS;
      return new UserException(exitCode, exception.getMessage());
    }
    throw exception;
  }
}
