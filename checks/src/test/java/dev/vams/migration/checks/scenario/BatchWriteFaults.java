package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.vams.migration.checks.scenario.FaultProxy.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a busy DynamoDB does to batches of writes: it refuses some, takes only a part of others, and
 * loses its answer to a few that it has taken. Other requests pass. Counts what it sees.
 */
final class BatchWriteFaults implements FaultProxy.Rule {
  private static final String OPERATION = "BatchWriteItem";
  private static final double REFUSED = 0.05;
  private static final double IN_PART = 0.05;
  private static final double UNANSWERED = 0.01;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Kind, AtomicInteger> faults = new ConcurrentSkipListMap<>();

  /** How a call fails. */
  enum Kind {
    THROTTLED,
    IN_PART,
    FAILED_AFTERWARDS,
    RESET_AFTERWARDS
  }

  BatchWriteFaults(Random random) {
    this.random = random;
    for (Kind kind : Kind.values()) {
      faults.put(kind, new AtomicInteger());
    }
  }

  /** How many batches the caller has sent, whatever became of them. */
  int calls() {
    return calls.get();
  }

  /** How many calls failed, by the way they did. */
  Map<Kind, AtomicInteger> faults() {
    return faults;
  }

  /** How many calls failed in any way. */
  int total() {
    return faults.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  @Override
  public Fault of(HttpExchange exchange, byte[] body) {
    if (!FaultProxy.operation(exchange).equals(OPERATION)) {
      return new Fault.None();
    }
    calls.incrementAndGet();
    double chance = random.nextDouble();
    if (chance < REFUSED) {
      return counted(
          Kind.THROTTLED,
          error(
              400,
              "ProvisionedThroughputExceededException",
              "The level of configured provisioned throughput for the table was exceeded."));
    }
    if (chance < REFUSED + IN_PART) {
      return inPart(body);
    }
    if (chance < REFUSED + IN_PART + UNANSWERED / 2) {
      return counted(
          Kind.FAILED_AFTERWARDS,
          new Fault.AnswerAfterwards(
              error(500, "InternalServerError", "The request failed because of an error.")));
    }
    if (chance < REFUSED + IN_PART + UNANSWERED) {
      return counted(Kind.RESET_AFTERWARDS, new Fault.Reset(true));
    }
    return new Fault.None();
  }

  private Fault counted(Kind kind, Fault fault) {
    faults.get(kind).incrementAndGet();
    return fault;
  }

  private static Fault.Answer error(int status, String type, String message) {
    return new Fault.Answer(
        status,
        FaultProxy.DYNAMODB_JSON,
        """
        {"__type": "com.amazonaws.dynamodb.v20120810#%s", "message": "%s"}"""
            .formatted(type, message));
  }

  /** The service takes one entry at least: where it can take none, it refuses the call. */
  private Fault inPart(byte[] body) {
    try {
      ObjectNode request = (ObjectNode) JSON.readTree(body);
      ObjectNode tables = (ObjectNode) request.get("RequestItems");
      String table = tables.fieldNames().next();
      JsonNode entries = tables.get(table);
      if (entries.size() < 2) {
        return new Fault.None();
      }
      int taken = 1 + random.nextInt(entries.size() - 1);
      ArrayNode passedOn = tables.putArray(table);
      ArrayNode left = JSON.createArrayNode();
      for (JsonNode entry : entries) {
        (passedOn.size() < taken ? passedOn : left).add(entry);
      }
      return counted(
          Kind.IN_PART,
          new Fault.Changed(request.toString(), answer -> withUnprocessed(answer, table, left)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withUnprocessed(String answer, String table, ArrayNode left) {
    try {
      ObjectNode changed = (ObjectNode) JSON.readTree(answer);
      changed.putObject("UnprocessedItems").set(table, left);
      return changed.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
