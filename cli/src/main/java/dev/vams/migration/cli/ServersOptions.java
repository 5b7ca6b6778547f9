package dev.vams.migration.cli;

import dev.vams.migration.local.server.EmbeddedServers;
import dev.vams.migration.local.server.ServerPorts;
import dev.vams.migration.local.server.ServerStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How the embedded servers are started. */
final class ServersOptions {

  /** Where the build puts the servers; the script {@code vams-migrate} sets it. */
  private static final String SERVERS = "vams.migrate.servers";

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the S3 server (default: any free one).")
  private int s3Port;

  @Option(
      names = "--dynamodb-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the DynamoDB server (default: any free one).")
  private int dynamoDbPort;

  /**
   * Starts both servers.
   *
   * @throws UserException when a port is wrong or taken, or a server does not start
   */
  EmbeddedServers start() throws InterruptedException {
    try {
      ServerPorts ports = new ServerPorts(s3Port, dynamoDbPort);
      Path servers = Path.of(System.getProperty(SERVERS, "local/servers/target"));
      return EmbeddedServers.start(
          servers, ports, Files.createTempDirectory("vams-migrate-servers"));
    } catch (IllegalArgumentException e) {
      throw new UserException(ExitCode.WRONG_INPUT, e.getMessage());
    } catch (ServerStartException | IOException e) {
      throw new UserException(ExitCode.NO_ACCESS, e.getMessage());
    }
  }
}
