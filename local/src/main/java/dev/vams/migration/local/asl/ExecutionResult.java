package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;

/** How a run ended. */
public sealed interface ExecutionResult {

  /** The run reached a Succeed state or a state with {@code "End": true}. */
  record Succeeded(JsonNode output) implements ExecutionResult {}

  /**
   * The run reached a Fail state, or an error that nothing caught.
   *
   * @param error the error name; empty if a Fail state gives none
   * @param cause the explanation; empty if there is none
   */
  record Failed(String error, String cause) implements ExecutionResult {}

  /** The thread was interrupted. Nothing of the run goes on. */
  record Aborted() implements ExecutionResult {}
}
