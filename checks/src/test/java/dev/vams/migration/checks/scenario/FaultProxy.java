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
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stands before a server, passes requests on, and answers some as AWS does when it cannot. */
final class FaultProxy implements AutoCloseable {
  private static final Set<String> READING_METHODS = Set.of("GET", "HEAD");
  private static final Set<String> READING_OPERATIONS =
      Set.of("DescribeTable", "Scan", "BatchGetItem");

  /** Headers that the client writes itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  static final String DYNAMODB_JSON = "application/x-amz-json-1.0";

  /** Of the body, as DynamoDB gives it; the SDK refuses a body that it does not fit. */
  private static final String CHECKSUM = "x-amz-crc32";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger faults = new AtomicInteger();
  private final URI behind;
  private final Rule rule;

  /** Decides what becomes of a request; called by many threads. */
  @FunctionalInterface
  interface Rule {
    Fault of(HttpExchange exchange, byte[] body);
  }

  /** What becomes of a request. */
  sealed interface Fault {
    /** It is passed on, and answered. */
    record None() implements Fault {}

    /** It is not passed on; the caller is told something else. */
    record Answer(int status, String contentType, String body) implements Fault {}

    /** It is passed on, and done; the caller is told something else. */
    record AnswerAfterwards(Answer answer) implements Fault {}

    /** It is passed on or not, and never answered. */
    record Reset(boolean passedOn) implements Fault {}

    /** Another one is passed on in its place, and what comes of that is changed. */
    record Changed(String body, UnaryOperator<String> answer) implements Fault {}
  }

  private FaultProxy(URI behind, Function<HttpExchange, Fault> rule) {
    this(behind, (exchange, body) -> rule.apply(exchange));
  }

  FaultProxy(URI behind, Rule rule) {
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
  static FaultProxy s3(URI behind) {
    Fault refusal =
        new Fault.Answer(
            403,
            "application/xml",
            "<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::111122223333:user/op is not"
                + " authorized to perform: kms:GenerateDataKey on resource:"
                + " arn:aws:kms:us-east-1:111122223333:key/11112222-3333 because no identity-based"
                + " policy allows it</Message></Error>");
    return new FaultProxy(
        behind,
        exchange ->
            READING_METHODS.contains(exchange.getRequestMethod()) ? new Fault.None() : refusal);
  }

  /** A DynamoDB whose tables may be read only. */
  static FaultProxy dynamoDb(URI behind) {
    return new FaultProxy(
        behind,
        exchange -> {
          String operation = operation(exchange);
          return READING_OPERATIONS.contains(operation)
              ? new Fault.None()
              : new Fault.Answer(
                  400,
                  DYNAMODB_JSON,
                  """
                  {"__type": "com.amazon.coral.service#AccessDeniedException",
                   "message": "User is not authorized to perform: dynamodb:%s"}"""
                      .formatted(operation));
        });
  }

  /** What a request asks DynamoDB to do, such as {@code Scan}. */
  static String operation(HttpExchange exchange) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    return target.substring(target.indexOf('.') + 1);
  }

  /**
   * An S3 that fails now and then, in all ways that are worth a second try.
   *
   * @param rate how many of all requests, from 0 to 1
   */
  static FaultProxy failingS3(URI behind, double rate, Random random) {
    List<Fault> faults =
        List.of(
            s3Error(503, "SlowDown"),
            s3Error(500, "InternalError"),
            // As copies may be answered that were begun: the answer is good, its content is not.
            s3Error(200, "InternalError"),
            new Fault.Reset(false),
            new Fault.Reset(true));
    return new FaultProxy(
        behind,
        exchange -> {
          Fault fault = faults.get(random.nextInt(faults.size()));
          boolean isOfCopies = fault instanceof Fault.Answer answer && answer.status() == 200;
          return random.nextDouble() >= rate || (isOfCopies && !isCopy(exchange))
              ? new Fault.None()
              : fault;
        });
  }

  /** An S3 whose buckets are gone from the first copy on. */
  static FaultProxy losingBuckets(URI behind) {
    AtomicBoolean isGone = new AtomicBoolean();
    return new FaultProxy(
        behind,
        exchange -> {
          isGone.compareAndSet(false, isCopy(exchange));
          return isGone.get() ? s3Error(404, "NoSuchBucket") : new Fault.None();
        });
  }

  /** An S3 of which a copy that is asked for comes late: something else happens before. */
  static FaultProxy delayingCopies(URI behind, String key, Runnable event) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    return new FaultProxy(
        behind,
        exchange -> {
          if (isCopy(exchange)
              && exchange.getRequestURI().getPath().endsWith("/" + key)
              && isFirst.getAndSet(false)) {
            event.run();
          }
          return new Fault.None();
        });
  }

  private static boolean isCopy(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey("x-amz-copy-source");
  }

  private static Fault s3Error(int status, String code) {
    return new Fault.Answer(
        status,
        "application/xml",
        "<Error><Code>%s</Code><Message>It cannot be done.</Message></Error>".formatted(code));
  }

  /** How many requests were not simply passed on. */
  int faults() {
    return faults.get();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      Fault fault = rule.of(exchange, request);
      if (!(fault instanceof Fault.None)) {
        faults.incrementAndGet();
      }
      if (fault instanceof Fault.Answer answer) {
        send(exchange, answer);
        return;
      }
      if (fault instanceof Fault.AnswerAfterwards late) {
        passOn(exchange, request);
        send(exchange, late.answer());
        return;
      }
      if (fault instanceof Fault.Reset reset) {
        if (reset.passedOn()) {
          passOn(exchange, request);
        }
        return;
      }
      if (fault instanceof Fault.Changed changed) {
        HttpResponse<byte[]> response = passOn(exchange, changed.body().getBytes(UTF_8));
        String answer = changed.answer().apply(new String(response.body(), UTF_8));
        answer(exchange, response, Set.of(CHECKSUM), answer.getBytes(UTF_8));
        return;
      }
      HttpResponse<byte[]> response = passOn(exchange, request);
      answer(exchange, response, Set.of(), response.body());
    }
  }

  private static void answer(
      HttpExchange exchange, HttpResponse<byte[]> response, Set<String> without, byte[] body)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name) && !without.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    send(exchange, response.statusCode(), body);
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException("interrupted while waiting for " + behind, e);
    }
  }

  private static void send(HttpExchange exchange, Fault.Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    send(exchange, answer.status(), answer.body().getBytes(UTF_8));
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
