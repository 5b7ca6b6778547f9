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
 * from it the batches that repeat what a killed process had sent.
 */
final class BatchWriteFaults implements FaultProxy.Rule {
  private static final String OPERATION = "BatchWriteItem";
  private static final double REFUSED = 0.05;
  private static final double IN_PART = 0.05;
  private static final double UNANSWERED = 0.01;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random;
  private final String number;
  private final BitSet sent = new BitSet();
  private final BitSet sentBeforeKill = new BitSet();
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

  /** How many of {@link #calls} had mostly items that a process had sent before it was killed. */
  int repeated() {
    return repeated.get();
  }

  /** To be called when the caller is no more, and the next one not begun. */
  synchronized void killed() {
    sentBeforeKill.or(sent);
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
    note(body);
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

  private synchronized void note(byte[] body) {
    int entries = 0;
    int again = 0;
    for (JsonNode entry : onlyTable(request(body))) {
      JsonNode put = entry.get("PutRequest");
      if (put == null) { // what asks for permission deletes an item that is nowhere
        return;
      }
      int item = Integer.parseInt(put.get("Item").get(number).get("S").asText());
      entries++;
      again += sentBeforeKill.get(item) ? 1 : 0;
      sent.set(item);
    }
    if (2 * again > entries) {
      repeated.incrementAndGet();
    }
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
    ObjectNode request = request(body);
    ArrayNode entries = onlyTable(request);
    if (entries.size() < 2) {
      return new Fault.None();
    }
    int taken = 1 + random.nextInt(entries.size() - 1);
    ArrayNode left = JSON.createArrayNode();
    while (entries.size() > taken) {
      left.add(entries.remove(taken));
    }
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
