package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.ExecutionInput.Location.PROPERTY;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the place of a schema from the input of an execution. Used once. */
final class LocationReader {
  private static final String BUCKET = "bucket";
  private static final String KEY = "key";

  private final Problems problems = new Problems();

  ExecutionInput read(JsonNode input) {
    refuseOthers(input);
    Optional<JsonObject> location =
        JsonObject.read(
            input.get(PROPERTY),
            JsonPath.property(JsonPath.ROOT, PROPERTY),
            "an object with \"bucket\" and \"key\"",
            List.of(BUCKET, KEY),
            problems);
    Optional<String> bucket = location.flatMap(this::bucket);
    Optional<String> key = location.flatMap(this::key);
    return problems.isEmpty()
        ? new ExecutionInput.Location(bucket.orElseThrow(), key.orElseThrow())
        : new ExecutionInput.Invalid(problems.toList());
  }

  private void refuseOthers(JsonNode input) {
    List<String> others = new ArrayList<>();
    input.fieldNames().forEachRemaining(others::add);
    others.remove(PROPERTY);
    if (!others.isEmpty()) {
      problems.add(
          JsonPath.ROOT,
          "beside %s there is %s".formatted(Quoted.text(PROPERTY), Quoted.list(others)),
          "Give either the schema or its location; everything else belongs into the schema.");
    }
  }

  private Optional<String> bucket(JsonObject location) {
    String meaning = "the name of the bucket that holds the schema";
    Optional<String> bucket = location.text(BUCKET, meaning);
    bucket
        .flatMap(BucketNameRules::broken)
        .ifPresent(
            rule ->
                problems.add(
                    location.pathOf(BUCKET),
                    "%s is no bucket name: a bucket name %s"
                        .formatted(Quoted.text(bucket.get()), rule),
                    "Write " + meaning + "."));
    return bucket;
  }

  private Optional<String> key(JsonObject location) {
    String meaning = "the key of the object that holds the schema, such as \"my-migration.json\"";
    Optional<String> key = location.text(KEY, meaning);
    if (key.isPresent() && key.get().isEmpty()) {
      problems.add(location.pathOf(KEY), "the key is empty", "Write " + meaning + ".");
    }
    return key;
  }
}
