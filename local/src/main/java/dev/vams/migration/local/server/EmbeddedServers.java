package dev.vams.migration.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * S3Mock and DynamoDB Local, running and reachable from this machine only. They take any
 * credentials and any Region.
 *
 * <p>They stop with {@link #close()}, when this JVM ends, and even when it is killed without
 * warning. Their contents are gone then; only their logs stay in the scratch directory. Safe for
 * use by several threads.
 */
public final class EmbeddedServers implements AutoCloseable {

  /** S3Mock needs 4 seconds on two quiet cores; a busy machine may need ten times as long. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final ChildServer s3;
  private final ChildServer dynamoDb;
  private final Thread stopAtExit;

  private EmbeddedServers(ChildServer s3, ChildServer dynamoDb) {
    this.s3 = s3;
    this.dynamoDb = dynamoDb;
    this.stopAtExit = new Thread(() -> stop(children()), "stop-embedded-servers");
  }

  /**
   * Starts both servers at the same time and returns once both answer, at most a minute later.
   *
   * @param serversDirectory where the build puts the servers: {@code local/servers/target}
   * @param ports the ports on 127.0.0.1
   * @param scratchDirectory for the servers' logs and files; created if missing, and not shared
   *     with other running servers
   * @throws ServersMissingException if the build has not fetched the servers yet
   * @throws PortTakenException if a port asked for is in use
   * @throws ServerStartException if a server ends or does not answer in time; the message holds the
   *     end of its log
   * @throws InterruptedException if this thread is interrupted while it waits; no server is left
   *     running then
   */
  public static EmbeddedServers start(
      Path serversDirectory, ServerPorts ports, Path scratchDirectory) throws InterruptedException {
    return start(serversDirectory, ports, scratchDirectory, InstantSource.system());
  }

  static EmbeddedServers start(
      Path serversDirectory, ServerPorts ports, Path scratchDirectory, InstantSource clock)
      throws InterruptedException {
    ServerCommand s3Command =
        ServerCommand.s3Mock(serversDirectory, choosePort(ServerCommand.S3_MOCK, ports.s3()));
    ServerCommand dynamoDbCommand =
        ServerCommand.dynamoDbLocal(
            serversDirectory, choosePort(ServerCommand.DYNAMO_DB_LOCAL, ports.dynamoDb()));

    List<ChildServer> started = new ArrayList<>();
    boolean up = false;
    try {
      ChildServer s3 = ChildServer.start(s3Command, scratchDirectory);
      started.add(s3);
      ChildServer dynamoDb = ChildServer.start(dynamoDbCommand, scratchDirectory);
      started.add(dynamoDb);
      awaitAnswers(started, clock);
      EmbeddedServers servers = new EmbeddedServers(s3, dynamoDb);
      Runtime.getRuntime().addShutdownHook(servers.stopAtExit);
      up = true;
      return servers;
    } finally {
      if (!up) {
        stop(started);
      }
    }
  }

  /**
   * Where S3 is to be found; for {@code AWS_ENDPOINT_URL_S3}. Clients must use path-style
   * addressing.
   */
  public URI s3Endpoint() {
    return s3.endpoint();
  }

  /** Where DynamoDB is to be found; for {@code AWS_ENDPOINT_URL_DYNAMODB}. */
  public URI dynamoDbEndpoint() {
    return dynamoDb.endpoint();
  }

  /**
   * Stops both servers, waits until they are gone, and deletes what they stored. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException shuttingDown) {
      return; // The hook is stopping the servers right now, or already has.
    }
    stop(children());
  }

  List<ProcessHandle> processes() {
    return children().stream().map(ChildServer::process).toList();
  }

  private List<ChildServer> children() {
    return List.of(s3, dynamoDb);
  }

  private static void stop(List<ChildServer> children) {
    children.forEach(ChildServer::beginStop);
    children.forEach(ChildServer::finishStop);
  }

  private static void awaitAnswers(List<ChildServer> children, InstantSource clock)
      throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    Instant deadline = clock.instant().plus(START_LIMIT);
    CompletableFuture<?> firstEnd =
        CompletableFuture.anyOf(
            children.stream()
                .map(child -> child.process().onExit())
                .toArray(CompletableFuture<?>[]::new));
    List<ChildServer> silent = new ArrayList<>(children);
    while (!silent.isEmpty()) {
      requireAlive(children);
      if (clock.instant().isAfter(deadline)) {
        throw silent
            .get(0)
            .failure("did not answer within " + START_LIMIT.toSeconds() + " seconds");
      }
      ChildServer next = silent.get(0);
      if (next.answers(client)) {
        silent.remove(next);
      } else {
        awaitPollOrEnd(firstEnd);
      }
    }
    requireAlive(children);
  }

  /** Waiting for a process to end is also the pause between two polls: a death is seen at once. */
  private static void awaitPollOrEnd(CompletableFuture<?> firstEnd) throws InterruptedException {
    try {
      firstEnd.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillRunning) {
      // Time for the next poll.
    } catch (ExecutionException e) {
      throw new IllegalStateException("Could not watch the embedded servers", e);
    }
  }

  private static void requireAlive(List<ChildServer> children) {
    for (ChildServer child : children) {
      if (!child.process().isAlive()) {
        throw child.failure("ended before it was ready");
      }
    }
  }

  private static int choosePort(String server, int requested) {
    try (ServerSocket socket = new ServerSocket(requested, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (BindException e) {
      throw new PortTakenException(server, requested, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not look for a free port for " + server, e);
    }
  }
}
