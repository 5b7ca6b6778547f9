package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.ARCHIVED;
import static dev.vams.migration.core.json.SchemaProperty.ATTRIBUTES;
import static dev.vams.migration.core.json.SchemaProperty.BUCKET_KEY;
import static dev.vams.migration.core.json.SchemaProperty.DELETE_EXTRANEOUS;
import static dev.vams.migration.core.json.SchemaProperty.ENCRYPTION;
import static dev.vams.migration.core.json.SchemaProperty.EXTERNAL_ID;
import static dev.vams.migration.core.json.SchemaProperty.FROM;
import static dev.vams.migration.core.json.SchemaProperty.IF_TARGET_NOT_EMPTY;
import static dev.vams.migration.core.json.SchemaProperty.KEY_ARN;
import static dev.vams.migration.core.json.SchemaProperty.KMS_KEY_ARNS_FROM;
import static dev.vams.migration.core.json.SchemaProperty.KMS_KEY_ARNS_TO;
import static dev.vams.migration.core.json.SchemaProperty.MAX_CONCURRENCY;
import static dev.vams.migration.core.json.SchemaProperty.MAX_READ_UNITS;
import static dev.vams.migration.core.json.SchemaProperty.MAX_REQUESTS_PER_SECOND;
import static dev.vams.migration.core.json.SchemaProperty.MAX_WRITE_UNITS;
import static dev.vams.migration.core.json.SchemaProperty.MODE;
import static dev.vams.migration.core.json.SchemaProperty.OPTIONS;
import static dev.vams.migration.core.json.SchemaProperty.ORDER;
import static dev.vams.migration.core.json.SchemaProperty.REGION_FROM;
import static dev.vams.migration.core.json.SchemaProperty.REGION_TO;
import static dev.vams.migration.core.json.SchemaProperty.RESTORE_DAYS;
import static dev.vams.migration.core.json.SchemaProperty.RESTORE_TIER;
import static dev.vams.migration.core.json.SchemaProperty.RETRY_OF;
import static dev.vams.migration.core.json.SchemaProperty.ROLE_ARN_FROM;
import static dev.vams.migration.core.json.SchemaProperty.ROLE_ARN_TO;
import static dev.vams.migration.core.json.SchemaProperty.TO;
import static dev.vams.migration.core.json.SchemaProperty.TRANSFORM;
import static dev.vams.migration.core.json.SchemaProperty.TYPE;
import static dev.vams.migration.core.json.SchemaProperty.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.Encryption;
import java.util.List;

/**
 * Writes migration schemas in the form that {@link SchemaReader} reads: reading what was written
 * gives an equal schema. Both lists and all options are written out; roles, keys, encryption and
 * {@code retryOf} only when there are any. Safe for use by several threads.
 */
public final class SchemaWriter {

  /** The JSON form of a schema, its properties in the order of the templates. */
  public JsonNode write(MigrationSchema schema) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put(REGION_FROM, schema.regionFrom()).put(REGION_TO, schema.regionTo());
    schema.source().role().ifPresent(role -> write(role, ROLE_ARN_FROM, document));
    schema.target().role().ifPresent(role -> write(role, ROLE_ARN_TO, document));
    write(schema.source().kmsKeyArns(), KMS_KEY_ARNS_FROM, document);
    write(schema.target().kmsKeyArns(), KMS_KEY_ARNS_TO, document);
    ArrayNode buckets = document.putArray(PairKind.BUCKET.listProperty());
    schema.buckets().forEach(pair -> write(pair, buckets.addObject()));
    ArrayNode tables = document.putArray(PairKind.TABLE.listProperty());
    schema.tables().forEach(pair -> write(pair, tables.addObject()));
    write(schema.options(), document.putObject(OPTIONS));
    if (schema.isRetry()) {
      document.put(RETRY_OF, schema.retryOf());
    }
    return document;
  }

  private static void write(AssumedRole role, String property, ObjectNode document) {
    document.put(property, role.arn()).put(EXTERNAL_ID, role.externalId());
  }

  private static void write(List<String> texts, String property, ObjectNode document) {
    if (!texts.isEmpty()) {
      ArrayNode list = document.putArray(property);
      texts.forEach(list::add);
    }
  }

  private static void write(BucketPair pair, ObjectNode entry) {
    entry.put(PairKind.BUCKET.descriptorProperty(), pair.descriptor());
    entry.putObject(PairKind.BUCKET.namesProperty()).put(FROM, pair.from()).put(TO, pair.to());
    pair.versions().ifPresent(versions -> entry.put(VERSIONS, versions.name()));
    pair.encryption().ifPresent(encryption -> write(encryption, entry.putObject(ENCRYPTION)));
  }

  private static void write(Encryption encryption, ObjectNode entry) {
    entry.put(TYPE, encryption.type().name());
    encryption.keyArn().ifPresent(arn -> entry.put(KEY_ARN, arn));
    if (encryption.type() == Encryption.Type.SSE_KMS) {
      entry.put(BUCKET_KEY, encryption.bucketKey());
    }
  }

  private static void write(TablePair pair, ObjectNode entry) {
    entry.put(PairKind.TABLE.descriptorProperty(), pair.descriptor());
    entry.putObject(PairKind.TABLE.namesProperty()).put(FROM, pair.from()).put(TO, pair.to());
    ArrayNode renames = entry.putArray(ATTRIBUTES);
    for (Rename rename : pair.renames()) {
      renames.addObject().put(FROM, rename.from()).put(TO, rename.to());
    }
    if (!pair.transform().isEmpty()) {
      ArrayNode operations = entry.putArray(TRANSFORM);
      pair.transform().forEach(operation -> operations.add(OperationWriter.write(operation)));
    }
    pair.ifTargetNotEmpty().ifPresent(policy -> entry.put(IF_TARGET_NOT_EMPTY, policy.name()));
    pair.maxReadUnitsPerSecond()
        .ifPresent(ceiling -> entry.set(MAX_READ_UNITS, UnitCeilingJson.write(ceiling)));
    pair.maxWriteUnitsPerSecond()
        .ifPresent(ceiling -> entry.set(MAX_WRITE_UNITS, UnitCeilingJson.write(ceiling)));
  }

  private static void write(Options options, ObjectNode entry) {
    entry
        .put(MODE, options.mode().name())
        .put(IF_TARGET_NOT_EMPTY, options.ifTargetNotEmpty().name())
        .put(ORDER, options.order().name())
        .put(MAX_CONCURRENCY, options.maxConcurrency())
        .put(DELETE_EXTRANEOUS, options.deleteExtraneous())
        .put(ARCHIVED, options.archived().name());
    options.maxRequestsPerSecond().ifPresent(rate -> entry.put(MAX_REQUESTS_PER_SECOND, rate));
    if (options.archived() == IfArchived.RESTORE) {
      entry
          .put(RESTORE_TIER, options.restore().tier().name())
          .put(RESTORE_DAYS, options.restore().days());
    }
  }
}
