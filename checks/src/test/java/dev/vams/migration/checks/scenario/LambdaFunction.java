package dev.vams.migration.checks.scenario;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vams.migration.local.engine.LocalEngine;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One execution environment of Lambda: the Runtime Interface Client in a JVM of its own, with
 * nothing but the Lambda jar, and this class as its <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>.
 */
final class LambdaFunction implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Longer than anything here takes, on a busy machine too. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int ACCEPTED = 202;

  private final BlockingQueue<JsonNode> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Instant> idle = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final InstantSource clock;
  private final HttpServer api;
  private final Path log;
  private final Process process;
  private final Duration init;

  private LambdaFunction(LambdaSetup setup, String handler)
      throws IOException, InterruptedException {
    clock = setup.clock();
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.setExecutor(threads);
    api.createContext("/2018-06-01/runtime", this::serve);
    api.createContext("/", LambdaFunction::publish);
    api.start();
    log = Files.createTempFile("lambda-function", ".log");
    List<String> command = new ArrayList<>(setup.java());
    // As in Lambda's own command.
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    command.addAll(List.of("-cp", runtimeInterfaceClient(), AWSLambda.class.getName()));
    command.add("dev.vams.migration.workflow." + handler);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(setup.taskRoot().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort());
    environment.put("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:" + api.getAddress().getPort());
    environment.putAll(setup.environment(handler));
    Instant begin = clock.instant();
    process = builder.start();
    init = Duration.between(begin, take(idle));
  }

  /** Starts a function and waits until it asks for its first invocation. */
  static LambdaFunction start(LambdaSetup setup, String handler)
      throws IOException, InterruptedException {
    return new LambdaFunction(setup, handler);
  }

  /** The client and what it needs, and nothing else of this test's classpath. */
  private static String runtimeInterfaceClient() {
    return Stream.of(
            AWSLambda.class,
            com.amazonaws.services.lambda.runtime.Context.class,
            com.amazonaws.services.lambda.runtime.serialization.PojoSerializer.class,
            software.amazon.awssdk.utilslite.SdkInternalThreadLocal.class)
        .map(LambdaFunction::jarOf)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From the start of the process until it asked for its first invocation. */
  Duration init() {
    return init;
  }

  /** What an invocation came to. */
  record Answer(JsonNode response, Duration time) {}

  /**
   * Invokes the function and waits for its answer.
   *
   * @throws AssertionError when it answers with an error, or not at all
   */
  Answer invoke(JsonNode request) throws IOException, InterruptedException {
    Instant begin = clock.instant();
    requests.add(request);
    String answer = take(answers);
    Duration time = Duration.between(begin, clock.instant());
    if (!answer.startsWith("response ")) {
      throw new AssertionError(answer + "\n" + log());
    }
    take(idle);
    return new Answer(MAPPER.readTree(answer.substring("response ".length())), time);
  }

  /** The most memory that the process has had, in MB, as Linux counts it. */
  long peakMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid()))).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }

  /** How long all processors together have worked for the function since it was started. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What the function wrote. */
  String log() throws IOException {
    return Files.readString(log);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try (exchange) {
      if (path.endsWith("/restore/next")) {
        answer(exchange, "");
      } else if (path.endsWith("/invocation/next")) {
        idle.add(clock.instant());
        answer(exchange, requests.take().toString());
      } else {
        answers.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
        exchange.sendResponseHeaders(ACCEPTED, -1);
      }
    } catch (InterruptedException e) {
      // The function was closed, and nobody waits for this answer.
      Thread.currentThread().interrupt();
    }
  }

  /** SNS, for the one function that needs it. */
  private static void publish(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] published =
          "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, published.length);
      exchange.getResponseBody().write(published);
    }
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    // The client's native code crashes without a content type.
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "request");
    exchange
        .getResponseHeaders()
        .add(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:123456789012:function:f:live");
    exchange
        .getResponseHeaders()
        .add(
            "Lambda-Runtime-Deadline-Ms",
            String.valueOf(clock.instant().plus(LocalEngine.LAMBDA_TIME).toEpochMilli()));
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  private <T> T take(BlockingQueue<T> queue) throws IOException, InterruptedException {
    T taken = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (taken == null) {
      throw new AssertionError("The function does not answer:\n" + log());
    }
    return taken;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    threads.shutdownNow();
    api.stop(0);
    Files.delete(log);
  }
}
