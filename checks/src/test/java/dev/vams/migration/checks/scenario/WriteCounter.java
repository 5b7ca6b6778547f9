package dev.vams.migration.checks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.vams.migration.checks.scenario.FaultProxy.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes all requests on to DynamoDB, and counts what is to be written or deleted by them. */
final class WriteCounter implements FaultProxy.Rule {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger puts = new AtomicInteger();
  private final AtomicInteger conditionalPuts = new AtomicInteger();
  private final AtomicInteger deletions = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();

  /** How many items were put in batches. */
  int puts() {
    return puts.get();
  }

  /** How many items were put on a condition. */
  int conditionalPuts() {
    return conditionalPuts.get();
  }

  /** How many keys were deleted in batches. */
  int deletions() {
    return deletions.get();
  }

  /** How many requests wrote or changed anything, in whatever way. */
  int all() {
    return puts.get() + conditionalPuts.get() + deletions.get() + others.get();
  }

  @Override
  public Fault of(HttpExchange exchange, byte[] body) {
    switch (FaultProxy.operation(exchange)) {
      case "BatchWriteItem" -> countEntries(body);
      case "PutItem" -> conditionalPuts.incrementAndGet();
      case "Scan", "Query", "GetItem", "BatchGetItem" -> {}
      case "DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups" -> {}
      default -> others.incrementAndGet();
    }
    return new Fault.None();
  }

  private void countEntries(byte[] body) {
    try {
      for (JsonNode entries : JSON.readTree(body).get("RequestItems")) {
        for (JsonNode entry : entries) {
          (entry.has("PutRequest") ? puts : deletions).incrementAndGet();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
