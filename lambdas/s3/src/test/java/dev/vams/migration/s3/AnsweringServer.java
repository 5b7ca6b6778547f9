package dev.vams.migration.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A server on 127.0.0.1 that answers as AWS documents it, for what the embedded server does not
 * know, and remembers what it was asked.
 */
final class AnsweringServer implements AutoCloseable {
  /** Shared and never closed: to close one takes seconds. */
  private static final SdkAsyncHttpClient HTTP = NettyNioAsyncHttpClient.create();

  private final HttpServer server;
  private final Function<Request, Response> answers;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * @param path with the query
   * @param headers by name, in any case
   */
  record Request(String method, String path, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.get(name);
    }
  }

  /** An answer with a body, if the method has one, or with one header. */
  record Response(int status, String body, Optional<Map.Entry<String, String>> header) {
    static Response of(int status, String body) {
      return new Response(status, body, Optional.empty());
    }

    static Response error(int status, String code) {
      return of(status, "<Error><Code>" + code + "</Code><Message>m</Message></Error>");
    }

    static Response with(String header, String value) {
      return new Response(200, "", Optional.of(Map.entry(header, value)));
    }
  }

  AnsweringServer(Function<Request, Response> answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** A client of this server; the caller closes it. */
  S3AsyncClient client() {
    return S3AsyncClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .forcePathStyle(true)
        .httpClient(HTTP)
        .overrideConfiguration(
            configuration -> configuration.addExecutionInterceptor(new ReadableAnswers()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .build();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      Response response = answers.apply(request);
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/xml");
      response
          .header()
          .ifPresent(
              header -> exchange.getResponseHeaders().add(header.getKey(), header.getValue()));
      boolean hasBody = body.length > 0 && !request.method().equals("HEAD");
      exchange.sendResponseHeaders(response.status(), hasBody ? body.length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
