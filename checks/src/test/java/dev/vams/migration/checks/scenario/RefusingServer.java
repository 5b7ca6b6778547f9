package dev.vams.migration.checks.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** Answers every request of S3 or DynamoDB with the same refusal, as AWS words it. */
final class RefusingServer implements AutoCloseable {
  private final HttpServer server;

  private RefusingServer(int status, Map<String, String> headers, String body) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, status, headers, body));
    server.start();
  }

  /** An S3 that allows nothing. */
  static RefusingServer s3AccessDenied() {
    return new RefusingServer(
        403,
        Map.of("Content-Type", "application/xml"),
        "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
  }

  /** An S3 whose buckets are all in another region. */
  static RefusingServer s3Elsewhere(String region) {
    return new RefusingServer(
        301,
        Map.of("Content-Type", "application/xml", "x-amz-bucket-region", region),
        "<Error><Code>PermanentRedirect</Code><Message>Use the specified endpoint.</Message></Error>");
  }

  /** A DynamoDB that allows nothing. */
  static RefusingServer dynamoDbAccessDenied() {
    return new RefusingServer(
        400,
        Map.of("Content-Type", "application/x-amz-json-1.0"),
        """
        {"__type": "com.amazon.coral.service#AccessDeniedException",
         "message": "User is not authorized to perform: dynamodb:DescribeTable"}""");
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      headers.forEach(exchange.getResponseHeaders()::set);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
