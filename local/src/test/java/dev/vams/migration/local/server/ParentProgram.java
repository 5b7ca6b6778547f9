package dev.vams.migration.local.server;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * A process to kill: starts the servers, prints their process ids on one line, and runs until it is
 * ended.
 */
final class ParentProgram {

  private ParentProgram() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedServers servers =
        EmbeddedServers.start(Path.of(arguments[0]), ServerPorts.FREE, Path.of(arguments[1]));
    System.out.println(
        servers.processes().stream()
            .map(server -> Long.toString(server.pid()))
            .collect(Collectors.joining(" ")));
    new CountDownLatch(1).await();
  }
}
