package dev.vams.migration.core.json;

import java.util.List;

/** The property names of the migration schema's JSON form. */
final class SchemaProperty {

  static final String JSON_SCHEMA = "$schema";
  static final String REGION_FROM = "regionFrom";
  static final String REGION_TO = "regionTo";
  static final String ROLE_ARN_FROM = "roleArnFrom";
  static final String ROLE_ARN_TO = "roleArnTo";
  static final String EXTERNAL_ID = "externalId";
  static final String KMS_KEY_ARNS_FROM = "kmsKeyArnsFrom";
  static final String KMS_KEY_ARNS_TO = "kmsKeyArnsTo";
  static final String OPTIONS = "options";
  static final String RETRY_OF = "retryOf";

  static final String FROM = "from";
  static final String TO = "to";
  static final String VERSIONS = "versions";
  static final String ATTRIBUTES = "attributes";
  static final String TRANSFORM = "transform";
  static final String MAX_READ_UNITS = "maxReadUnitsPerSecond";
  static final String MAX_WRITE_UNITS = "maxWriteUnitsPerSecond";

  static final String OP = "op";
  static final String PATH = "path";
  static final String VALUE = "value";
  static final String MATCH = "match";
  static final String ENCRYPTION = "encryption";

  static final String TYPE = "type";
  static final String KEY_ARN = "keyArn";
  static final String BUCKET_KEY = "bucketKey";

  static final String MODE = "mode";
  static final String IF_TARGET_NOT_EMPTY = "ifTargetNotEmpty";
  static final String ORDER = "order";
  static final String MAX_CONCURRENCY = "maxConcurrency";
  static final String MAX_REQUESTS_PER_SECOND = "maxRequestsPerSecond";
  static final String DELETE_EXTRANEOUS = "deleteExtraneous";
  static final String ARCHIVED = "archived";
  static final String RESTORE_TIER = "restoreTier";
  static final String RESTORE_DAYS = "restoreDays";

  static final List<String> OF_DOCUMENT =
      List.of(
          JSON_SCHEMA,
          REGION_FROM,
          REGION_TO,
          ROLE_ARN_FROM,
          ROLE_ARN_TO,
          EXTERNAL_ID,
          KMS_KEY_ARNS_FROM,
          KMS_KEY_ARNS_TO,
          PairKind.BUCKET.listProperty(),
          PairKind.TABLE.listProperty(),
          OPTIONS,
          RETRY_OF);
  static final List<String> OF_FROM_AND_TO = List.of(FROM, TO);
  static final List<String> OF_OPERATION = List.of(OP, PATH, FROM, TO, VALUE, MATCH);
  static final List<String> OF_ENCRYPTION = List.of(TYPE, KEY_ARN, BUCKET_KEY);
  static final List<String> OF_OPTIONS =
      List.of(
          MODE,
          IF_TARGET_NOT_EMPTY,
          ORDER,
          MAX_CONCURRENCY,
          MAX_REQUESTS_PER_SECOND,
          DELETE_EXTRANEOUS,
          ARCHIVED,
          RESTORE_TIER,
          RESTORE_DAYS);

  private SchemaProperty() {}
}
