package dev.vams.migration.cli;

import dev.vams.migration.local.sample.SampleMigration;
import dev.vams.migration.local.server.EmbeddedServers;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Servers to try the command line on. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts an S3 server and a DynamoDB server on this machine, and runs until interrupted.",
      "Prints the settings that point any AWS client at them. They keep nothing when they stop."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 2:a port is no port", " 3:a port is taken, or a server does not start"},
    footer = {
      "",
      "Examples:",
      "  vams-migrate sandbox",
      "  vams-migrate sandbox --s3-port 9000 --dynamodb-port 8000",
      "In another shell, paste the printed lines, then: vams-migrate run --schema FILE"
    })
final class SandboxCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServersOptions options;

  @Override
  public Integer call() throws InterruptedException {
    try (EmbeddedServers servers = options.start()) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("export AWS_ENDPOINT_URL_S3=%s%n", servers.s3Endpoint());
      out.printf("export AWS_ENDPOINT_URL_DYNAMODB=%s%n", servers.dynamoDbEndpoint());
      out.printf("export AWS_REGION=%s%n", SampleMigration.REGION);
      out.printf("export AWS_DEFAULT_REGION=%s%n", SampleMigration.REGION);
      out.println("export AWS_ACCESS_KEY_ID=sandbox");
      out.println("export AWS_SECRET_ACCESS_KEY=sandbox");
      out.flush();
      spec.commandLine().getErr().println("Both servers run until Ctrl-C.");
      new CountDownLatch(1).await();
    }
    return ExitCode.OK;
  }
}
