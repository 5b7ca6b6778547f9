package dev.vams.migration.core.json;

import java.util.Optional;

/** What bucket pairs and table pairs of a schema have in common, and the words they differ in. */
enum PairKind {
  BUCKET("bucket", "VAMS_S3Bucket_Mapping", "bucketDescriptor", "buckets", "assetStorageBucket") {
    @Override
    Optional<String> brokenNameRule(String name) {
      return BucketNameRules.broken(name);
    }
  },
  TABLE("table", "VAMS_DynamoDBTable_Mapping", "tableDescriptor", "tables", "assetStorageTable") {
    @Override
    Optional<String> brokenNameRule(String name) {
      return TableNameRules.broken(name);
    }
  };

  private final String noun;
  private final String listProperty;
  private final String descriptorProperty;
  private final String namesProperty;
  private final String exampleDescriptor;

  PairKind(
      String noun,
      String listProperty,
      String descriptorProperty,
      String namesProperty,
      String exampleDescriptor) {
    this.noun = noun;
    this.listProperty = listProperty;
    this.descriptorProperty = descriptorProperty;
    this.namesProperty = namesProperty;
    this.exampleDescriptor = exampleDescriptor;
  }

  /** The naming rule of AWS that a name breaks, if it breaks one. */
  abstract Optional<String> brokenNameRule(String name);

  String noun() {
    return noun;
  }

  String listProperty() {
    return listProperty;
  }

  String descriptorProperty() {
    return descriptorProperty;
  }

  String namesProperty() {
    return namesProperty;
  }

  String exampleDescriptor() {
    return exampleDescriptor;
  }
}
