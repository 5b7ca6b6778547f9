package dev.vams.migration.local.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

  private static final Path SERVERS = Path.of("servers", "target");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path scratch;

  @Test
  void answersUntilClosedAndLeavesOnlyLogs() throws Exception {
    EmbeddedServers servers = EmbeddedServers.start(SERVERS, ServerPorts.FREE, scratch);
    List<ProcessHandle> processes = servers.processes();
    try (servers) {
      assertThat(statusOf(servers.s3Endpoint())).isEqualTo(200);
      assertThat(statusOf(servers.dynamoDbEndpoint())).isEqualTo(400); // It wants a signed request.
    }

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertClosed(servers.s3Endpoint());
    assertClosed(servers.dynamoDbEndpoint());
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("s3mock.log", "dynamodb-local.log");
    }
    servers.close(); // Closing again does nothing.
  }

  @Test
  void listensOnTheLoopbackAddressOnly() throws Exception {
    try (EmbeddedServers servers = EmbeddedServers.start(SERVERS, ServerPorts.FREE, scratch)) {
      List<InetAddress> others =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress())
              .toList();
      for (InetAddress other : others) {
        for (URI endpoint : List.of(servers.s3Endpoint(), servers.dynamoDbEndpoint())) {
          assertThatThrownBy(() -> connect(other, endpoint.getPort()))
              .isInstanceOf(ConnectException.class);
        }
      }
    }
  }

  @Test
  void serversEndWhenTheParentIsKilledWithoutWarning() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ParentProgram.class.getName(),
                SERVERS.toString(),
                scratch.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> servers;
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
      servers =
          Arrays.stream(output.readLine().split(" "))
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
    } finally {
      parent.destroyForcibly().waitFor(); // kill -9: no shutdown hook runs.
    }

    CompletableFuture.allOf(
            servers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
    assertThat(servers).hasSize(2).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void takenPortIsNamedWithItsServer() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerPorts ports = new ServerPorts(0, other.getLocalPort());

      assertThatExceptionOfType(PortTakenException.class)
          .isThrownBy(() -> EmbeddedServers.start(SERVERS, ports, scratch))
          .withMessageStartingWith(
              "DynamoDB Local cannot listen on 127.0.0.1:" + other.getLocalPort())
          .withMessageContaining("choose another port");
    }
  }

  @Test
  void missingServersAreNamedWithTheCommandThatFetchesThem() {
    Path nowhere = scratch.resolve("nowhere");

    assertThatExceptionOfType(ServersMissingException.class)
        .isThrownBy(() -> EmbeddedServers.start(nowhere, ServerPorts.FREE, scratch))
        .withMessageContaining(nowhere.toString())
        .withMessageContaining("./mvnw -B -pl local/servers package");
  }

  @Test
  void serverThatEndsWhileStartingShowsItsLastWords() throws Exception {
    Files.createDirectories(scratch.resolve("s3mock"));
    Files.createFile(scratch.resolve("s3mock").resolve("s3mock.jar")); // No jar at all.
    Files.createDirectories(scratch.resolve("dynamodb-local"));

    assertThatExceptionOfType(ServerStartException.class)
        .isThrownBy(() -> EmbeddedServers.start(scratch, ServerPorts.FREE, scratch.resolve("work")))
        .withMessageContaining("ended before it was ready")
        .withMessageContaining("ClassNotFoundException");
  }

  @Test
  void serverThatNeverAnswersIsGivenUpAfterAMinute() {
    Iterator<Instant> instants = List.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(61)).iterator();
    InstantSource impatient = instants::next;

    assertThatExceptionOfType(ServerStartException.class)
        .isThrownBy(() -> EmbeddedServers.start(SERVERS, ServerPorts.FREE, scratch, impatient))
        .withMessageContaining("did not answer within 60 seconds");
  }

  private static int statusOf(URI endpoint) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(LIMIT).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static void assertClosed(URI endpoint) {
    assertThatThrownBy(() -> connect(InetAddress.getLoopbackAddress(), endpoint.getPort()))
        .isInstanceOf(ConnectException.class);
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2_000);
    }
  }
}
