package dev.vams.migration.local.sample;

import java.util.List;

/**
 * The 17 tables of VAMS 2.1, with the key schemas and indexes of its {@code
 * storageBuilder-nestedStack.ts} at tag v2.1.1. Every key attribute is a string, and every index
 * projects all attributes.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // Its lists come from List.of, which the checker cannot see.
public enum VamsTable {
  COMMENTS("commentStorageTable", Carried.YES, List.of("assetId", "assetVersionId:commentId")),
  APP_FEATURES_ENABLED("appFeatureEnabledStorageTable", Carried.NO, List.of("featureName")),
  ASSETS("assetStorageTable", Carried.YES, List.of("databaseId", "assetId")),
  DATABASES("databaseStorageTable", Carried.YES, List.of("databaseId")),
  JOBS("jobStorageTable", Carried.OPTIONAL, List.of("jobId", "databaseId")),
  PIPELINES("pipelineStorageTable", Carried.YES, List.of("databaseId", "pipelineId")),
  WORKFLOWS("workflowStorageTable", Carried.YES, List.of("databaseId", "workflowId")),
  WORKFLOW_EXECUTIONS("workflowExecutionStorageTable", Carried.OPTIONAL, List.of("pk", "sk")),
  METADATA("metadataStorageTable", Carried.YES, List.of("databaseId", "assetId")),
  METADATA_SCHEMAS("metadataSchemaStorageTable", Carried.YES, List.of("databaseId", "field")),
  TAGS("tagStorageTable", Carried.YES, List.of("tagName")),
  TAG_TYPES("tagTypeStorageTable", Carried.YES, List.of("tagTypeName")),
  SUBSCRIPTIONS(
      "subscriptionsStorageTable",
      Carried.YES,
      List.of("eventName", "entityName_entityId"),
      new Index(
          "eventName-entityName_entityId-index", List.of("eventName", "entityName_entityId"))),
  ROLES("rolesStorageTable", Carried.MERGED, List.of("roleName")),
  USER_ROLES("userRolesStorageTable", Carried.MERGED, List.of("userId", "roleName")),
  AUTH_ENTITIES("authEntitiesStorageTable", Carried.MERGED, List.of("entityType", "sk")),
  ASSET_LINKS(
      "assetLinksStorageTable",
      Carried.YES,
      List.of("assetIdFrom", "assetIdTo"),
      new Index("AssetIdFromGSI", List.of("assetIdFrom")),
      new Index("AssetIdToGSI", List.of("assetIdTo")));

  /** What a migration does with a table. */
  enum Carried {
    YES,
    /** History, or expected to be empty: nothing breaks without it. */
    OPTIONAL,
    /** The deployment puts rows of its own, so stack B's table is not empty. */
    MERGED,
    /** Describes the deployment itself: stack B has its own rows and must keep them. */
    NO
  }

  /** A global secondary index and its key attributes. */
  record Index(String name, List<String> key) {}

  private final String descriptor;
  private final Carried carried;
  private final List<String> key;
  private final List<Index> indexes;

  VamsTable(String descriptor, Carried carried, List<String> key, Index... indexes) {
    this.descriptor = descriptor;
    this.carried = carried;
    this.key = key;
    this.indexes = List.of(indexes);
  }

  /** The name of this table in the migration schema templates. */
  public String descriptor() {
    return descriptor;
  }

  /** Whether a migration carries this table's items to stack B. */
  public boolean isCarried() {
    return carried != Carried.NO;
  }

  /** The partition key, then the sort key if there is one. */
  List<String> key() {
    return key;
  }

  List<Index> indexes() {
    return indexes;
  }
}
