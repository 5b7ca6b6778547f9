package dev.vams.migration.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.core.plan.Problem;
import java.util.List;

/** What an execution is given: a migration schema, or the place of one. */
public sealed interface ExecutionInput {

  /** The schema itself, not yet checked. */
  record Schema(JsonNode document) implements ExecutionInput {}

  /** The object that holds the schema. */
  record Location(String bucket, String key) implements ExecutionInput {

    /** The property whose value is a location. */
    public static final String PROPERTY = "schemaLocation";
  }

  /** Something that is meant to be a location and is none; there is at least one problem. */
  record Invalid(List<Problem> problems) implements ExecutionInput {}

  /** Tells which of them the input is. */
  static ExecutionInput read(JsonNode input) {
    return input.has(Location.PROPERTY) ? new LocationReader().read(input) : new Schema(input);
  }
}
