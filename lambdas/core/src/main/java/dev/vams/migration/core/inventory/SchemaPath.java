package dev.vams.migration.core.inventory;

/** The JSON paths of what a check looks at, as problems name them. */
final class SchemaPath {
  static final String ROLE_ARN_FROM = "$.roleArnFrom";
  static final String ROLE_ARN_TO = "$.roleArnTo";
  static final String KMS_KEY_ARNS_FROM = "$.kmsKeyArnsFrom";
  static final String KMS_KEY_ARNS_TO = "$.kmsKeyArnsTo";

  private SchemaPath() {}

  /** The names of a pair of buckets, by its number in the schema from 0. */
  static String buckets(int pair) {
    return "$.VAMS_S3Bucket_Mapping[%s].buckets".formatted(pair);
  }

  /** A pair of tables, by its number in the schema from 0. */
  static String tablePair(int pair) {
    return "$.VAMS_DynamoDBTable_Mapping[%s]".formatted(pair);
  }
}
