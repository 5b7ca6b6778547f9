package dev.vams.migration.local.engine;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.local.asl.TaskFailedException;
import dev.vams.migration.local.asl.TaskInvoker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Calls the Lambda handlers in process, through the same JSON that Lambda would pass. As in Lambda,
 * an exception's class name is the error name of the task.
 */
final class HandlerInvoker implements TaskInvoker {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, RequestStreamHandler> handlers;
  private final Duration workerTime;
  private final InstantSource clock;

  /**
   * @param handlers by the function name that the definition was given
   * @param workerTime how long one invocation may take
   */
  HandlerInvoker(
      Map<String, RequestStreamHandler> handlers, Duration workerTime, InstantSource clock) {
    this.handlers = Map.copyOf(handlers);
    this.workerTime = workerTime;
    this.clock = clock;
  }

  @Override
  public JsonNode invoke(String functionName, JsonNode payload)
      throws TaskFailedException, InterruptedException {
    RequestStreamHandler handler = handlers.get(functionName);
    if (handler == null) {
      throw new IllegalArgumentException("no handler is called " + functionName);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      byte[] request = MAPPER.writeValueAsBytes(payload);
      handler.handleRequest(
          new ByteArrayInputStream(request),
          answer,
          new WorkerContext(functionName, workerTime, clock));
      return MAPPER.readTree(answer.toByteArray());
    } catch (CancellationException e) {
      throw new InterruptedException(e.getMessage());
    } catch (RuntimeException | IOException e) {
      throw new TaskFailedException(e.getClass().getName(), String.valueOf(e.getMessage()));
    }
  }
}
