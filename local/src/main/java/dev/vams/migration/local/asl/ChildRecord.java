package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What is written of a child of a Map that ended by itself. */
record ChildRecord(
    Identity identity, JsonNode input, Instant start, Instant stop, ExecutionResult result) {

  ResultFiles.Status status() {
    return result instanceof ExecutionResult.Succeeded
        ? ResultFiles.Status.SUCCEEDED
        : ResultFiles.Status.FAILED;
  }

  /**
   * The form that Step Functions writes: input and output are JSON texts within the JSON.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">ResultWriter</a>
   */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (result instanceof ExecutionResult.Failed failed) {
      json.put("Cause", failed.cause()).put("Error", failed.error());
    }
    json.put("ExecutionArn", identity.id()).put("Input", input.toString());
    json.putObject("InputDetails").put("Included", true);
    json.put("Name", identity.name());
    if (result instanceof ExecutionResult.Succeeded succeeded) {
      json.put("Output", succeeded.output().toString());
      json.putObject("OutputDetails").put("Included", true);
    }
    return json.put("StartDate", start.toString())
        .put("StateMachineArn", identity.machineId())
        .put("Status", status().name())
        .put("StopDate", stop.toString());
  }
}
