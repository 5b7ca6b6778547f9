package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A service on 127.0.0.1 that answers as a test wants it to, and remembers what it was asked. */
final class FakeService implements AutoCloseable {
  private final HttpServer server;
  private final Function<Request, Response> answers;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * @param authorization empty when the request is not signed
   */
  record Request(String method, String path, String authorization, String token, String body) {}

  /** An answer in XML, as S3 and STS give it. */
  record Response(int status, String body) {}

  FakeService(Function<Request, Response> answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  void forget() {
    requests.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              header(exchange, "Authorization"),
              header(exchange, "X-Amz-Security-Token"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      requests.add(request);
      Response response = answers.apply(request);
      byte[] body = response.body().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/xml");
      boolean hasBody = body.length > 0 && !request.method().equals("HEAD");
      exchange.sendResponseHeaders(response.status(), hasBody ? body.length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
