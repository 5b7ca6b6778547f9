package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;

/** Stands in for AWS Lambda. Called from several threads at once while a Map runs. */
@FunctionalInterface
public interface TaskInvoker {

  /**
   * Calls a function and waits for its answer.
   *
   * @param functionName what the definition names, with its placeholders replaced
   * @param payload must not be changed
   * @return the function's answer; a JSON null, never a Java null, if it answers nothing
   * @throws TaskFailedException if the function fails in a way that the definition may retry or
   *     catch. Every other exception counts as a defect of the invoker and ends the run with that
   *     exception.
   * @throws InterruptedException if the thread was interrupted; the run ends as {@link
   *     ExecutionResult.Aborted}
   */
  JsonNode invoke(String functionName, JsonNode payload)
      throws TaskFailedException, InterruptedException;
}
