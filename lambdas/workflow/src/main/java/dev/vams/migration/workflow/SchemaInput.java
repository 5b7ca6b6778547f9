package dev.vams.migration.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.core.json.ExecutionInput;
import dev.vams.migration.core.json.InvalidSchema;
import dev.vams.migration.core.json.ParsedSchema;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the schema that an execution is given, or fetches it from where the input says it is. */
final class SchemaInput {

  /** A thousand times the largest schema of VAMS, and little beside a function's memory. */
  private static final int MOST_MIB = 10;

  private static final int MOST_BYTES = MOST_MIB << 20;

  private static final String PATH = "$." + ExecutionInput.Location.PROPERTY;

  private final WorkflowWiring wiring;
  private final Optional<TaskEnvironment> environment;

  SchemaInput(WorkflowWiring wiring, Optional<TaskEnvironment> environment) {
    this.wiring = wiring;
    this.environment = environment;
  }

  ParsedSchema read(JsonNode input) {
    ExecutionInput given = ExecutionInput.read(input);
    if (given instanceof ExecutionInput.Schema schema) {
      return WorkflowWiring.schemaReader().read(schema.document());
    }
    if (given instanceof ExecutionInput.Invalid invalid) {
      return new InvalidSchema(invalid.problems());
    }
    if (environment.isEmpty()) {
      return invalid(
          Problem.Kind.INPUT,
          "only a deployed workflow fetches its schema from a bucket",
          "Give the schema itself.");
    }
    ExecutionInput.Location location = (ExecutionInput.Location) given;
    return fetch(wiring.workBucket(location.bucket(), environment.get().region()), location.key());
  }

  private static ParsedSchema fetch(WorkStore bucket, String key) {
    String place = bucket.location(key);
    byte[] text;
    try (InputStream object = bucket.open(key)) {
      text = object.readNBytes(MOST_BYTES + 1);
    } catch (WorkStoreException e) {
      return invalid(
          Problem.Kind.ACCESS,
          "the schema is not there, or may not be read",
          e.getMessage() + " A deployed workflow may read its work bucket: put the schema there.");
    } catch (IOException e) {
      throw new TransientException("reading %s: %s".formatted(place, e.getMessage()), e);
    }
    if (text.length > MOST_BYTES) {
      return invalid(
          Problem.Kind.INPUT,
          "%s has more than %s MiB".formatted(place, MOST_MIB),
          "No schema is that large: correct the bucket and the key.");
    }
    ParsedSchema parsed =
        WorkflowWiring.schemaReader().read(new String(text, StandardCharsets.UTF_8));
    return parsed instanceof InvalidSchema invalid
        ? new InvalidSchema(invalid.problems().stream().map(problem -> in(place, problem)).toList())
        : parsed;
  }

  private static Problem in(String place, Problem problem) {
    return new Problem(
        problem.kind(), place + ", " + problem.where(), problem.what(), problem.remedy());
  }

  private static InvalidSchema invalid(Problem.Kind kind, String what, String remedy) {
    return new InvalidSchema(List.of(new Problem(kind, PATH, what, remedy)));
  }
}
