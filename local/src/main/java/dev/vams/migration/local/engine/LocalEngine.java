package dev.vams.migration.local.engine;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.local.asl.ExecutionListener;
import dev.vams.migration.local.asl.ExecutionResult;
import dev.vams.migration.local.asl.Interpreter;
import dev.vams.migration.local.asl.Limits;
import dev.vams.migration.local.asl.Ports;
import dev.vams.migration.local.asl.StateMachine;
import dev.vams.migration.workflow.ConcludeHandler;
import dev.vams.migration.workflow.CopyPrefixHandler;
import dev.vams.migration.workflow.CopySegmentHandler;
import dev.vams.migration.workflow.PlanHandler;
import dev.vams.migration.workflow.ReconcileHandler;
import dev.vams.migration.workflow.VerifyUnitHandler;
import dev.vams.migration.workflow.WorkflowWiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Runs the deployed definition with the deployed handlers on this machine. Thread-safe. */
public final class LocalEngine {

  /** Lambda's longest time for one invocation. */
  public static final Duration LAMBDA_TIME = Duration.ofMinutes(15);

  private static final String DEFINITION = "migration.asl.json";

  /** As Step Functions closes its result files, in bytes. */
  private static final long RESULT_FILE_SIZE = 5L << 20;

  private final WorkflowWiring wiring;
  private final int workers;
  private final Duration workerTime;
  private final InstantSource clock;

  /**
   * @param wiring gives the handlers their clients; the caller closes it
   * @param workers how many units are done at once, at least 1
   * @param workerTime how long one invocation may take, as Lambda's timeout
   * @param clock tells how much of that is left, and when states begin
   */
  public LocalEngine(WorkflowWiring wiring, int workers, Duration workerTime, InstantSource clock) {
    this.wiring = wiring;
    this.workers = workers;
    this.workerTime = workerTime;
    this.clock = clock;
  }

  /**
   * Runs a migration on the calling thread and threads of its own until it ends.
   *
   * @param run the execution's name
   * @param schema the execution's input
   * @param listener hears of states and units
   */
  public ExecutionResult run(String run, JsonNode schema, ExecutionListener listener) {
    Map<String, RequestStreamHandler> handlers = handlers();
    Map<String, String> substitutions = new HashMap<>();
    substitutions.put("Partition", "aws");
    substitutions.put("WorkBucketName", "work");
    handlers.keySet().forEach(name -> substitutions.put(name + "FunctionArn", name));
    Ports ports =
        new Ports(
            new HandlerInvoker(handlers, workerTime, clock),
            new WorkStoreObjects(wiring.workStore()),
            listener,
            clock,
            time -> Thread.sleep(time.toMillis()),
            new Random());
    StateMachine machine = StateMachine.load("vams-migration", definition(), substitutions);
    return new Interpreter(ports, new Limits(workers, RESULT_FILE_SIZE)).run(machine, run, schema);
  }

  private Map<String, RequestStreamHandler> handlers() {
    return Map.of(
        "Plan", new PlanHandler(wiring),
        "CopyPrefix", new CopyPrefixHandler(wiring),
        "CopySegment", new CopySegmentHandler(wiring),
        "VerifyUnit", new VerifyUnitHandler(wiring),
        "Reconcile", new ReconcileHandler(wiring),
        "Conclude", new ConcludeHandler(wiring));
  }

  private static JsonNode definition() {
    try (InputStream definition = LocalEngine.class.getResourceAsStream(DEFINITION)) {
      return new ObjectMapper().readTree(definition);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
