package dev.vams.migration.local.sample;

import static dev.vams.migration.local.sample.AttributeValues.bytes;
import static dev.vams.migration.local.sample.AttributeValues.flag;
import static dev.vams.migration.local.sample.AttributeValues.item;
import static dev.vams.migration.local.sample.AttributeValues.list;
import static dev.vams.migration.local.sample.AttributeValues.map;
import static dev.vams.migration.local.sample.AttributeValues.nothing;
import static dev.vams.migration.local.sample.AttributeValues.number;
import static dev.vams.migration.local.sample.AttributeValues.text;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of stack A, as the backend of VAMS 2.1 writes them, and some that only test a copy. */
final class SampleItems {

  private static final int COMMENTS = 32;
  private static final int EXECUTIONS = 24;
  private static final int FILE_METADATA = 10;
  private static final int SCHEMA_FIELDS = 6;
  private static final int JOBS = 8;
  private static final int USERS = 20;

  private static final List<String> ROLES =
      List.of("admin", "basic", "pipeline", "reader", "super-admin");
  private static final List<String> TAG_TYPES = List.of("Discipline", "Phase", "Region");
  private static final List<String> DATA_TYPES =
      List.of("string", "textarea", "number", "boolean", "date", "inline-controlled-list");

  /** An account that AWS reserves for documentation; nothing can be reached with these ARNs. */
  private static final String ACCOUNT = "us-east-1:111122223333";

  private SampleItems() {}

  /** All items of a stack, table after table for each asset. */
  static Stream<SampleItem> of(int scale, long seed) {
    int assets = Math.multiplyExact(scale, SampleAsset.PER_SCALE);
    return Stream.concat(
        ofDeployment(),
        SampleAsset.of(scale, seed)
            .flatMap(
                asset ->
                    Stream.of(
                            asset.opensDatabase() ? ofDatabase(asset) : Stream.<SampleItem>empty(),
                            ofAsset(asset),
                            links(asset, assets, seed))
                        .flatMap(items -> items)));
  }

  private static Stream<SampleItem> ofDeployment() {
    return Stream.of(
            ROLES.stream().map(SampleItems::role),
            each(USERS, SampleItems::userRole),
            ROLES.stream().map(SampleItems::constraint),
            TAG_TYPES.stream().map(SampleItems::tagType),
            TAG_TYPES.stream().flatMap(type -> each(10, number -> tag(type, number))),
            Stream.of("LOCATIONSERVICES", "GOVCLOUD", "AUTHPROVIDER_COGNITO")
                .map(SampleItems::feature))
        .flatMap(items -> items);
  }

  private static Stream<SampleItem> ofDatabase(SampleAsset first) {
    String databaseId = first.databaseId();
    return Stream.of(
            Stream.of(
                database(first),
                pipeline(databaseId, "convert-" + databaseId),
                pipeline(databaseId, "preview-" + databaseId),
                workflow(databaseId)),
            each(SCHEMA_FIELDS, number -> schemaField(databaseId, number)),
            each(JOBS, number -> job(databaseId, number)))
        .flatMap(items -> items);
  }

  private static Stream<SampleItem> ofAsset(SampleAsset asset) {
    return Stream.of(
            Stream.of(asset(asset), assetMetadata(asset), subscription(asset), specimen(asset)),
            each(COMMENTS, number -> comment(asset, number)),
            each(EXECUTIONS, number -> execution(asset, number)),
            each(FILE_METADATA, number -> fileMetadata(asset, number)))
        .flatMap(items -> items);
  }

  private static SampleItem asset(SampleAsset asset) {
    int versions = asset.random("versions").nextInt(4);
    String preview = "previews/" + asset.assetId() + "/preview.png";
    return new SampleItem(
        VamsTable.ASSETS,
        item(
            "databaseId", asset.databaseId(),
            "assetId", asset.assetId(),
            "assetName", asset.name(),
            "assetType", ".glb",
            "assetLocation", map("Key", asset.files().get(0)),
            "previewLocation", map("Key", preview),
            "currentVersion", version(versions + 1, preview),
            "versions",
                list(
                    each(versions, number -> version(number + 1, preview))
                        .toArray(AttributeValue[]::new)),
            "description", "A sample asset",
            "isDistributable", flag(asset.index() % 2 == 0),
            "isMultiFile", flag(true),
            "pipelineId", "",
            "executionId", "",
            "snsTopic", "arn:aws:sns:" + ACCOUNT + ":AssetTopic-" + asset.assetId(),
            "specifiedPipelines", list(),
            "tags", list(text("Phase-1"), text("Region-2"))));
  }

  private static AttributeValue version(int number, String preview) {
    return map(
        "Comment",
        "Version " + number,
        "Version",
        Integer.toString(number),
        "S3Version",
        "",
        "DateModified",
        "January 0" + number + " 2025 - 10:00:00",
        "description",
        "",
        "specifiedPipelines",
        list(),
        "previewLocation",
        map("Key", preview));
  }

  private static SampleItem comment(SampleAsset asset, int number) {
    Random random = asset.random("comment" + number);
    String owner = user(random.nextInt(USERS));
    return new SampleItem(
        VamsTable.COMMENTS,
        item(
            "assetId",
            asset.assetId(),
            "assetVersionId:commentId",
            (number % 3) + ":x" + uuid(random),
            "commentBody",
            "<p>Looks good to me 👍 (" + number + ")</p>",
            "commentOwnerID",
            uuid(random),
            SampleSchema.RENAMED_COMMENT_ATTRIBUTE,
            owner,
            "dateCreated",
            "2025-01-0" + (1 + number % 9) + "T10:00:00.000000Z"));
  }

  private static SampleItem execution(SampleAsset asset, int number) {
    Random random = asset.random("execution" + number);
    String workflowId = "workflow-" + asset.databaseId();
    String executionId = uuid(random);
    return new SampleItem(
        VamsTable.WORKFLOW_EXECUTIONS,
        item(
            "pk",
            asset.assetId() + "-" + workflowId,
            "sk",
            executionId,
            "database_id",
            asset.databaseId(),
            "asset_id",
            asset.assetId(),
            "workflow_id",
            workflowId,
            "workflow_arn",
            stateMachine(workflowId),
            "execution_arn",
            "arn:aws:states:" + ACCOUNT + ":execution:" + workflowId + ":" + executionId,
            "execution_id",
            executionId,
            "startDate",
            "01/02/2025, 10:00:00",
            "stopDate",
            "01/02/2025, 10:0" + number % 10 + ":00",
            "executionStatus",
            number % 5 == 0 ? "FAILED" : "SUCCEEDED",
            "assets",
            list()));
  }

  private static SampleItem assetMetadata(SampleAsset asset) {
    return new SampleItem(
        VamsTable.METADATA,
        item(
            "databaseId", asset.databaseId(),
            "assetId", asset.assetId(),
            "_metadata_last_updated", "2025-01-02T10:00:00.000000",
            "manufacturer", "Example & Söhne",
            "location", "{\"loc\":[8.55,47.37],\"zoom\":\"12\"}"));
  }

  private static SampleItem fileMetadata(SampleAsset asset, int number) {
    String file = asset.files().get(number % asset.files().size());
    String suffix = number < asset.files().size() ? "" : ".part" + number;
    return new SampleItem(
        VamsTable.METADATA,
        item(
            "databaseId",
            asset.databaseId(),
            "assetId",
            "/" + file + suffix,
            "_metadata_last_updated",
            "2025-01-02T10:00:00.000000",
            "reviewed by",
            user(number),
            "state.of.review",
            number % 2 == 0 ? "done" : ""));
  }

  /**
   * One item with each of the ten types, at the edges that a copy may lose: metadata is where VAMS
   * lets users name attributes freely.
   */
  private static SampleItem specimen(SampleAsset asset) {
    return new SampleItem(
        VamsTable.METADATA,
        item(
            "databaseId", asset.databaseId(),
            "assetId", asset.assetId() + "#specimen",
            "S", "text with\nlines,\ttabs, \u0001 and 🚀",
            "S.empty", "",
            "N", number("-12.50"),
            "N.38digits", number("12345678901234567890123456789012345678"),
            "N.small", number("1E-130"),
            "N.large", number("9.9999999999999999999999999999999999999E+125"),
            "B", bytes(0, 1, 127, 128, 255, asset.index()),
            "B.empty", bytes(),
            "BOOL", flag(false),
            "NULL", nothing(),
            "M", map("a", map("b", map("c.$d:e", list(map("f", nothing()), list(list()))))),
            "M.empty", map(),
            "L", list(text(""), number("0"), flag(true), nothing(), bytes(), list(), map()),
            "SS", AttributeValue.fromSs(List.of("b", "a", "é", "🚀")),
            "NS", AttributeValue.fromNs(List.of("3", "-1", "0.5", "1E+20")),
            "BS",
                AttributeValue.fromBs(
                    List.of(SdkBytes.fromUtf8String("x"), SdkBytes.fromByteArray(new byte[] {0}))),
            "deep", nested(28),
            "$db:$asset", "dollar signs and colons",
            "#name", "looks like a placeholder",
            "ключ 鍵 🔑", "a name beyond ASCII"));
  }

  /** DynamoDB allows 32 levels of nesting; its documentation counts the attribute itself. */
  private static AttributeValue nested(int levels) {
    AttributeValue value = text("the bottom");
    for (int level = 0; level < levels; level++) {
      value = level % 2 == 0 ? list(value) : map("level " + level, value);
    }
    return value;
  }

  private static SampleItem subscription(SampleAsset asset) {
    return new SampleItem(
        VamsTable.SUBSCRIPTIONS,
        item(
            "eventName",
            "Asset Version Change",
            "entityName_entityId",
            "Asset#" + asset.assetId(),
            "subscribers",
            list(text(user(asset.index() % USERS)), text(user((asset.index() + 1) % USERS)))));
  }

  private static Stream<SampleItem> links(SampleAsset asset, int assets, long seed) {
    return Stream.of(1, 7)
        .map(
            distance -> {
              SampleAsset other = SampleAsset.at((asset.index() + distance) % assets, seed);
              return new SampleItem(
                  VamsTable.ASSET_LINKS,
                  item(
                      "assetIdFrom", asset.assetId(),
                      "assetIdTo", other.assetId(),
                      "relationId", uuid(asset.random("link" + distance)),
                      "relationshipType", distance == 1 ? "parent-child" : "related"));
            });
  }

  private static SampleItem database(SampleAsset first) {
    return new SampleItem(
        VamsTable.DATABASES,
        item(
            "databaseId", first.databaseId(),
            "description", "A sample database",
            "assetCount", "6",
            "dateCreated", "\"January 01 2025 - 10:00:00\"",
            "acl", list()));
  }

  private static SampleItem pipeline(String databaseId, String pipelineId) {
    return new SampleItem(
        VamsTable.PIPELINES,
        item(
            "databaseId", databaseId,
            "pipelineId", pipelineId,
            "description", "Converts models",
            "assetType", ".glb",
            "outputType", ".png",
            "pipelineType", "standardFile",
            "pipelineExecutionType", "Lambda",
            "userProvidedResource", userProvidedResource(pipelineId),
            "inputParameters", "{\"quality\": 0.8}",
            "waitForCallback", "Disabled",
            "enabled", flag(true),
            "dateCreated", "\"January 01 2025 - 10:00:00\""));
  }

  private static SampleItem workflow(String databaseId) {
    String workflowId = "workflow-" + databaseId;
    String pipelineId = "convert-" + databaseId;
    return new SampleItem(
        VamsTable.WORKFLOWS,
        item(
            "databaseId",
            databaseId,
            "workflowId",
            workflowId,
            "description",
            "Converts, then previews",
            "workflow_arn",
            stateMachine(workflowId),
            "specifiedPipelines",
            map(
                "functions",
                list(
                    map(
                        "name", pipelineId,
                        "pipelineType", "standardFile",
                        "pipelineExecutionType", "Lambda",
                        "outputType", ".png",
                        "userProvidedResource", userProvidedResource(pipelineId)))),
            "dateCreated",
            "\"January 01 2025 - 10:00:00\""));
  }

  private static SampleItem schemaField(String databaseId, int number) {
    return new SampleItem(
        VamsTable.METADATA_SCHEMAS,
        item(
            "databaseId",
            databaseId,
            "field",
            "field " + number,
            "datatype",
            DATA_TYPES.get(number % DATA_TYPES.size()),
            "required",
            flag(number % 2 == 0),
            "sequenceNumber",
            number(Integer.toString(number)),
            "dependsOn",
            number == 0 ? list() : list(text("field " + (number - 1)))));
  }

  private static SampleItem job(String databaseId, int number) {
    return new SampleItem(
        VamsTable.JOBS,
        item(
            "jobId",
            "job-" + number,
            "databaseId",
            databaseId,
            "status",
            "DONE",
            "attempts",
            number("1")));
  }

  private static SampleItem role(String role) {
    return new SampleItem(
        VamsTable.ROLES,
        item(
            "roleName",
            role,
            "description",
            "The role " + role,
            "createdOn",
            "2025-01-01T10:00:00.000000Z",
            "source",
            "INTERNAL",
            "sourceIdentifier",
            "",
            "mfaRequired",
            flag(role.endsWith("admin"))));
  }

  private static SampleItem userRole(int number) {
    return new SampleItem(
        VamsTable.USER_ROLES,
        item(
            "userId", user(number),
            "roleName", ROLES.get(number % ROLES.size()),
            "createdOn", "2025-01-01T10:00:00.000000Z"));
  }

  private static SampleItem constraint(String role) {
    String constraintId = "constraint-" + role;
    return new SampleItem(
        VamsTable.AUTH_ENTITIES,
        item(
            "entityType",
            "constraint",
            "sk",
            "constraint#" + constraintId,
            "constraintId",
            constraintId,
            "name",
            "What " + role + " may do",
            "description",
            "",
            "objectType",
            "asset",
            "criteriaAnd",
            list(map("field", "databaseId", "id", "c1", "operator", "contains", "value", ".*")),
            "criteriaOr",
            list(),
            "groupPermissions",
            list(map("groupId", role, "id", "g1", "permission", "GET", "permissionType", "allow")),
            "userPermissions",
            list(
                map(
                    "userId",
                    user(1),
                    "id",
                    "u1",
                    "permission",
                    "POST",
                    "permissionType",
                    "deny"))));
  }

  private static SampleItem tagType(String type) {
    return new SampleItem(
        VamsTable.TAG_TYPES,
        item("tagTypeName", type, "description", "Kinds of " + type, "required", "False"));
  }

  private static SampleItem tag(String type, int number) {
    return new SampleItem(
        VamsTable.TAGS,
        item(
            "tagName",
            type + "-" + number,
            "tagTypeName",
            type,
            "description",
            "The tag " + number));
  }

  private static SampleItem feature(String name) {
    return new SampleItem(VamsTable.APP_FEATURES_ENABLED, item("featureName", name));
  }

  private static String userProvidedResource(String pipelineId) {
    return "{\"isProvided\": true, \"resourceId\": \"vams-" + pipelineId + "\"}";
  }

  private static String stateMachine(String workflowId) {
    return "arn:aws:states:" + ACCOUNT + ":stateMachine:" + workflowId;
  }

  private static String user(int number) {
    return "user" + number + "@example.com";
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static <T> Stream<T> each(int count, IntFunction<T> make) {
    return IntStream.range(0, count).mapToObj(make);
  }
}
