package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.ATTRIBUTES;
import static dev.vams.migration.core.json.SchemaProperty.ENCRYPTION;
import static dev.vams.migration.core.json.SchemaProperty.IF_TARGET_NOT_EMPTY;
import static dev.vams.migration.core.json.SchemaProperty.JSON_SCHEMA;
import static dev.vams.migration.core.json.SchemaProperty.KMS_KEY_ARNS_FROM;
import static dev.vams.migration.core.json.SchemaProperty.KMS_KEY_ARNS_TO;
import static dev.vams.migration.core.json.SchemaProperty.MAX_READ_UNITS;
import static dev.vams.migration.core.json.SchemaProperty.MAX_WRITE_UNITS;
import static dev.vams.migration.core.json.SchemaProperty.OF_DOCUMENT;
import static dev.vams.migration.core.json.SchemaProperty.REGION_FROM;
import static dev.vams.migration.core.json.SchemaProperty.REGION_TO;
import static dev.vams.migration.core.json.SchemaProperty.RETRY_OF;
import static dev.vams.migration.core.json.SchemaProperty.ROLE_ARN_FROM;
import static dev.vams.migration.core.json.SchemaProperty.ROLE_ARN_TO;
import static dev.vams.migration.core.json.SchemaProperty.TRANSFORM;
import static dev.vams.migration.core.json.SchemaProperty.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.UnitCeiling;
import dev.vams.migration.core.plan.Versions;
import dev.vams.migration.core.store.Encryption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one document from top to bottom. Used once. */
final class SchemaDocument {

  private final Set<String> knownRegions;
  private final Problems problems;

  SchemaDocument(Set<String> knownRegions, Problems problems) {
    this.knownRegions = knownRegions;
    this.problems = problems;
  }

  ParsedSchema read(JsonNode root) {
    Optional<MigrationSchema> schema =
        JsonObject.read(
                root, JsonPath.ROOT, "an object, as in the templates", OF_DOCUMENT, problems)
            .flatMap(this::schema);
    return schema.isPresent()
        ? new ValidSchema(schema.get())
        : new InvalidSchema(problems.toList());
  }

  private Optional<MigrationSchema> schema(JsonObject document) {
    document.optionalText(JSON_SCHEMA, "the place of the JSON Schema, or remove it");
    Optional<String> regionFrom = region(document, REGION_FROM, "A");
    Optional<String> regionTo = region(document, REGION_TO, "B");
    AccessReader access = new AccessReader(document, problems);
    Optional<String> roleFrom = access.roleArn(ROLE_ARN_FROM, "A");
    Optional<String> roleTo = access.roleArn(ROLE_ARN_TO, "B");
    Optional<String> externalId = access.externalId();
    List<String> keysFrom = access.kmsKeyArns(KMS_KEY_ARNS_FROM, "A", regionFrom);
    List<String> keysTo = access.kmsKeyArns(KMS_KEY_ARNS_TO, "B", regionTo);
    List<BucketPair> buckets = buckets(document, keysTo);
    List<TablePair> tables =
        tables(document, regionFrom.isPresent() && regionFrom.equals(regionTo));
    refuseNothingToCopy(document);
    Options options = OptionsReader.read(document, problems);
    Optional<String> retryOf = retryOf(document);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MigrationSchema(
            access(regionFrom, roleFrom, externalId, keysFrom),
            access(regionTo, roleTo, externalId, keysTo),
            buckets,
            tables,
            options,
            retryOf.orElse("")));
  }

  private static StackAccess access(
      Optional<String> region,
      Optional<String> roleArn,
      Optional<String> externalId,
      List<String> kmsKeyArns) {
    return new StackAccess(
        region.orElseThrow(),
        roleArn.map(arn -> new AssumedRole(arn, externalId.orElseThrow())),
        kmsKeyArns);
  }

  private Optional<String> region(JsonObject document, String property, String stack) {
    String meaning = "the region of stack " + stack + ", such as \"us-east-1\"";
    Optional<String> region = document.text(property, meaning);
    Optional<String> known = region.filter(knownRegions::contains);
    if (region.isPresent() && known.isEmpty()) {
      problems.add(
          document.pathOf(property),
          Quoted.text(region.get()) + " is not a region of AWS",
          Suggestion.closest(region.get(), knownRegions)
              .map(meant -> "Did you mean " + Quoted.text(meant) + "?")
              .orElse("Write " + meaning + "."));
    }
    return known;
  }

  private List<BucketPair> buckets(JsonObject document, List<String> keysTo) {
    // The names of buckets are global: one name is one bucket, in whichever region.
    PairReader reader = new PairReader(PairKind.BUCKET, true, problems);
    EncryptionReader encryptions = new EncryptionReader(keysTo, problems);
    List<BucketPair> pairs = new ArrayList<>();
    for (JsonObject entry : entries(document, PairKind.BUCKET, List.of(ENCRYPTION, VERSIONS))) {
      Optional<NamedPair> named = reader.read(entry);
      Optional<Encryption> encryption = encryptions.read(entry);
      Optional<Versions> versions = NamedValue.read(Versions.values(), entry, VERSIONS, problems);
      named.ifPresent(
          pair ->
              pairs.add(
                  new BucketPair(pair.descriptor(), pair.from(), pair.to(), encryption, versions)));
    }
    reader.refuseTargetsThatAreSources();
    return pairs;
  }

  private List<TablePair> tables(JsonObject document, boolean isSameRegion) {
    PairReader reader = new PairReader(PairKind.TABLE, isSameRegion, problems);
    List<TablePair> pairs = new ArrayList<>();
    OperationReader operations = new OperationReader(problems);
    for (JsonObject entry :
        entries(
            document,
            PairKind.TABLE,
            List.of(ATTRIBUTES, TRANSFORM, IF_TARGET_NOT_EMPTY, MAX_READ_UNITS, MAX_WRITE_UNITS))) {
      Optional<NamedPair> named = reader.read(entry);
      List<Rename> renames = RenameReader.read(entry, problems);
      List<Operation> transform = operations.read(entry);
      Optional<IfTargetNotEmpty> policy =
          NamedValue.read(IfTargetNotEmpty.values(), entry, IF_TARGET_NOT_EMPTY, problems);
      Optional<UnitCeiling> reads = UnitCeilingJson.read(entry, MAX_READ_UNITS, problems);
      Optional<UnitCeiling> writes = UnitCeilingJson.read(entry, MAX_WRITE_UNITS, problems);
      named.ifPresent(
          pair ->
              pairs.add(
                  new TablePair(
                      pair.descriptor(),
                      pair.from(),
                      pair.to(),
                      renames,
                      transform,
                      policy,
                      reads,
                      writes)));
    }
    reader.refuseTargetsThatAreSources();
    return pairs;
  }

  private static List<JsonObject> entries(
      JsonObject document, PairKind kind, List<String> furtherProperties) {
    List<String> properties = new ArrayList<>();
    properties.add(kind.descriptorProperty());
    properties.add(kind.namesProperty());
    properties.addAll(furtherProperties);
    return document.optionalObjects(
        kind.listProperty(),
        "an object with \"%s\" and \"%s\""
            .formatted(kind.descriptorProperty(), kind.namesProperty()),
        properties);
  }

  private void refuseNothingToCopy(JsonObject document) {
    if (document.isEmptyListOrAbsent(PairKind.BUCKET.listProperty())
        && document.isEmptyListOrAbsent(PairKind.TABLE.listProperty())) {
      problems.add(
          JsonPath.ROOT,
          "there is nothing to copy",
          "Add at least one pair to \"%s\" or \"%s\"."
              .formatted(PairKind.BUCKET.listProperty(), PairKind.TABLE.listProperty()));
    }
  }

  private Optional<String> retryOf(JsonObject document) {
    String meaning =
        "the name of the run to continue: 1 to 80 letters, digits, hyphens and underscores";
    Optional<String> run = document.optionalText(RETRY_OF, meaning);
    run.filter(name -> !MigrationSchema.RUN_NAME.matcher(name).matches())
        .ifPresent(
            name ->
                problems.add(
                    document.pathOf(RETRY_OF),
                    Quoted.text(name) + " is not the name of a run",
                    "Write " + meaning + "."));
    return run;
  }
}
