package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.vams.migration.checks.scenario.FaultProxy.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a busy DynamoDB does to batches of writes: it refuses some, takes only a part of others, and
 * loses its answer to a few that it has taken. Other requests pass. Counts what it sees, and apart
 * from it the batches that repeat what was taken from a killed process.
 */
final class BatchWriteFaults implements FaultProxy.Rule {
  private static final String OPERATION = "BatchWriteItem";
  private static final double REFUSED = 0.05;
  private static final double IN_PART = 0.05;
  private static final double UNANSWERED = 0.01;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random;
  private final String number;
  private final BitSet taken = new BitSet();
  private final BitSet takenBeforeKill = new BitSet();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Kind, AtomicInteger> faults = new ConcurrentSkipListMap<>();

  /** How a call fails. */
  enum Kind {
    THROTTLED,
    IN_PART,
    FAILED_AFTERWARDS,
    RESET_AFTERWARDS
  }

  /**
   * @param number the attribute that has an item's number, from 0 on, as a string
   */
  BatchWriteFaults(Random random, String number) {
    this.random = random;
    this.number = number;
    for (Kind kind : Kind.values()) {
      faults.put(kind, new AtomicInteger());
    }
  }

  /** How many batches the caller has sent, whatever became of them. */
  int calls() {
    return calls.get();
  }

  /**
   * How many of {@link #calls} had mostly items that the server took from a process killed since.
   */
  int repeated() {
    return repeated.get();
  }

  /** To be called when the caller is no more, and the next one not begun. */
  synchronized void killed() {
    takenBeforeKill.or(taken);
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
    ObjectNode request = request(body);
    countIfRepeated(onlyTable(request));
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
      return inPart(request);
    }
    markTaken(onlyTable(request));
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

  private synchronized void countIfRepeated(ArrayNode entries) {
    int again = 0;
    for (JsonNode entry : entries) {
      again += isPut(entry) && takenBeforeKill.get(number(entry)) ? 1 : 0;
    }
    if (2 * again > entries.size()) {
      repeated.incrementAndGet();
    }
  }

  private synchronized void markTaken(ArrayNode entries) {
    for (JsonNode entry : entries) {
      if (isPut(entry)) {
        taken.set(number(entry));
      }
    }
  }

  /** What asks for permission deletes an item that is nowhere. */
  private static boolean isPut(JsonNode entry) {
    return entry.has("PutRequest");
  }

  private int number(JsonNode entry) {
    return Integer.parseInt(entry.at("/PutRequest/Item").get(number).get("S").asText());
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
  private Fault inPart(ObjectNode request) {
    ArrayNode entries = onlyTable(request);
    if (entries.size() < 2) {
      markTaken(entries);
      return new Fault.None();
    }
    int some = 1 + random.nextInt(entries.size() - 1);
    ArrayNode left = JSON.createArrayNode();
    while (entries.size() > some) {
      left.add(entries.remove(some));
    }
    markTaken(entries);
    String table = request.get("RequestItems").fieldNames().next();
    return counted(
        Kind.IN_PART,
        new Fault.Changed(request.toString(), answer -> withUnprocessed(answer, table, left)));
  }

  private static ObjectNode request(byte[] body) {
    try {
      return (ObjectNode) JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode onlyTable(ObjectNode request) {
    return (ArrayNode) request.get("RequestItems").elements().next();
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
