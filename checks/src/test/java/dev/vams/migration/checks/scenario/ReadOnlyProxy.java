package dev.vams.migration.checks.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands before a server, passes on what only reads, and refuses the rest as AWS would. */
final class ReadOnlyProxy implements AutoCloseable {
  private static final Set<String> READING_METHODS = Set.of("GET", "HEAD");
  private static final Set<String> READING_OPERATIONS =
      Set.of("DescribeTable", "Scan", "BatchGetItem");

  /** Headers that the client writes itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI behind;
  private final Function<HttpExchange, Optional<Refusal>> rule;

  /** What a refused caller is told. */
  private record Refusal(int status, String contentType, String body) {}

  private ReadOnlyProxy(URI behind, Function<HttpExchange, Optional<Refusal>> rule) {
    this.behind = behind;
    this.rule = rule;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** An S3 whose buckets may be read only, as if their key might not be used to encrypt. */
  static ReadOnlyProxy s3(URI behind) {
    Refusal refusal =
        new Refusal(
            403,
            "application/xml",
            "<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::111122223333:user/op is not"
                + " authorized to perform: kms:GenerateDataKey on resource:"
                + " arn:aws:kms:us-east-1:111122223333:key/11112222-3333 because no identity-based"
                + " policy allows it</Message></Error>");
    return new ReadOnlyProxy(
        behind,
        exchange ->
            READING_METHODS.contains(exchange.getRequestMethod())
                ? Optional.empty()
                : Optional.of(refusal));
  }

  /** A DynamoDB whose tables may be read only. */
  static ReadOnlyProxy dynamoDb(URI behind) {
    return new ReadOnlyProxy(
        behind,
        exchange -> {
          String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
          String operation = target.substring(target.indexOf('.') + 1);
          return READING_OPERATIONS.contains(operation)
              ? Optional.empty()
              : Optional.of(
                  new Refusal(
                      400,
                      "application/x-amz-json-1.0",
                      """
                      {"__type": "com.amazon.coral.service#AccessDeniedException",
                       "message": "User is not authorized to perform: dynamodb:%s"}"""
                          .formatted(operation)));
        });
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      Optional<Refusal> refusal = rule.apply(exchange);
      if (refusal.isPresent()) {
        exchange.getResponseHeaders().set("Content-Type", refusal.get().contentType());
        send(exchange, refusal.get().status(), refusal.get().body().getBytes(UTF_8));
        return;
      }
      HttpResponse<byte[]> response = passOn(exchange, request);
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_THE_CONNECTION.contains(name)) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      send(exchange, response.statusCode(), response.body());
    }
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException("interrupted while waiting for " + behind, e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
