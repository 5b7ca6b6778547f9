package dev.vams.migration.cli.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Step Functions (AWS JSON 1.0), CloudFormation (AWS Query) and reading from S3 on 127.0.0.1. Each
 * operation gives the answers that the test has set, the last of them again and again.
 */
public final class FakeAws implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FIELD = Pattern.compile("([^&=]+)=([^&]*)");

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Call> arrivals = new LinkedBlockingQueue<>();

  /** A call that came in, such as {@code StartExecution}, or {@code GET /bucket/key}. */
  public record Call(String operation, JsonNode request) {}

  private record Answer(int status, String type, String body) {}

  public FakeAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next answer of an operation. */
  public FakeAws answer(String operation, String body) {
    return add(operation, new Answer(200, type(operation), body));
  }

  /** The next answer of an operation of Step Functions is an error. */
  public FakeAws refuse(String operation, int status, String code, String message) {
    ObjectNode body = JSON.createObjectNode().put("__type", code).put("message", message);
    return add(operation, new Answer(status, type(operation), body.toString()));
  }

  /** CloudFormation knows this one stack. */
  public FakeAws stack(Map<String, String> outputs) {
    StringBuilder members = new StringBuilder();
    outputs.forEach(
        (key, value) ->
            members.append(
                "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                    .formatted(key, value)));
    return answer(
        "DescribeStacks",
        """
        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
          <DescribeStacksResult><Stacks><member>
            <StackName>VamsDataMigration</StackName>
            <CreationTime>2026-01-01T00:00:00Z</CreationTime>
            <StackStatus>CREATE_COMPLETE</StackStatus>
            <Outputs>%s</Outputs>
          </member></Stacks></DescribeStacksResult>
        </DescribeStacksResponse>"""
            .formatted(members));
  }

  /** CloudFormation answers with an error. */
  public FakeAws refuseStacks(int status, String code, String message) {
    return add(
        "DescribeStacks",
        new Answer(
            status,
            "text/xml",
            """
            <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
              <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
              <RequestId>request-1</RequestId>
            </ErrorResponse>"""
                .formatted(code, message)));
  }

  /** What was asked so far, in order. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Waits until an operation is asked for, and gives the first call since the last wait. */
  public Call await(String operation) {
    try {
      Call call;
      do {
        call = arrivals.poll(1, TimeUnit.MINUTES);
        if (call == null) {
          throw new AssertionError("nobody asked for " + operation);
        }
      } while (!call.operation().equals(operation));
      return call;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private FakeAws add(String operation, Answer answer) {
    answers.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(answer);
    return this;
  }

  private static String type(String operation) {
    return operation.equals("DescribeStacks") ? "text/xml" : "application/x-amz-json-1.0";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Call call = call(exchange, body);
      calls.add(call);
      arrivals.add(call);
      Answer answer = next(call.operation());
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Call call(HttpExchange exchange, String body) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null) {
      return new Call(target.substring(target.indexOf('.') + 1), JSON.readTree(body));
    }
    ObjectNode form = JSON.createObjectNode();
    if (body.startsWith("Action=")) {
      FIELD
          .matcher(body)
          .results()
          .forEach(field -> form.put(field.group(1), URLDecoder.decode(field.group(2), UTF_8)));
      return new Call(form.get("Action").asText(), form);
    }
    return new Call(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(), form);
  }

  private Answer next(String operation) {
    Deque<Answer> left = answers.get(operation);
    if (left == null) {
      return new Answer(404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>");
    }
    synchronized (left) {
      return left.size() > 1 ? left.remove() : left.element();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
