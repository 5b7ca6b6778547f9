package dev.vams.migration.core.inventory;

import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.TablePair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the permissions of a deployed workflow cover: exactly what the schemas name that it was
 * deployed with.
 *
 * @param deployCommand the command that made the deployment
 * @param readBuckets names of buckets
 * @param writeBuckets names of buckets
 * @param deleteBuckets names of buckets from which objects may be deleted
 * @param restoreBuckets names of buckets in which objects may be restored
 * @param readTables tables as {@code <region>/<name>}
 * @param writeTables tables as {@code <region>/<name>}
 * @param syncTables target tables that may be synced
 * @param mirrorTables target tables from which items may be deleted then
 * @param roles ARNs of roles that may be assumed
 * @param keys ARNs of keys that may be used
 */
public record Grants(
    String deployCommand,
    Set<String> readBuckets,
    Set<String> writeBuckets,
    Set<String> deleteBuckets,
    Set<String> restoreBuckets,
    Set<String> readTables,
    Set<String> writeTables,
    Set<String> syncTables,
    Set<String> mirrorTables,
    Set<String> roles,
    Set<String> keys) {

  /** Takes copies of the sets. */
  public Grants {
    readBuckets = Set.copyOf(readBuckets);
    writeBuckets = Set.copyOf(writeBuckets);
    deleteBuckets = Set.copyOf(deleteBuckets);
    restoreBuckets = Set.copyOf(restoreBuckets);
    readTables = Set.copyOf(readTables);
    writeTables = Set.copyOf(writeTables);
    syncTables = Set.copyOf(syncTables);
    mirrorTables = Set.copyOf(mirrorTables);
    roles = Set.copyOf(roles);
    keys = Set.copyOf(keys);
  }

  /**
   * One problem for each resource of a schema that is not covered, in the order of the schema, at
   * the first place that names it. They are of the kind {@link Problem.Kind#ACCESS}: the schema may
   * well be right, and whoever may deploy has to act.
   */
  public List<Problem> missing(MigrationSchema schema) {
    Map<String, String> missing = new LinkedHashMap<>();
    requireRole(schema.source(), SchemaPath.ROLE_ARN_FROM, missing);
    requireRole(schema.target(), SchemaPath.ROLE_ARN_TO, missing);
    requireKeys(schema.source(), SchemaPath.KMS_KEY_ARNS_FROM, missing);
    requireKeys(schema.target(), SchemaPath.KMS_KEY_ARNS_TO, missing);
    for (int i = 0; i < schema.buckets().size(); i++) {
      BucketPair pair = schema.buckets().get(i);
      String path = SchemaPath.buckets(i);
      require(readBuckets, pair.from(), "read bucket", path + ".from", missing);
      if (schema.options().archived() == IfArchived.RESTORE) {
        require(restoreBuckets, pair.from(), "restore objects of bucket", path + ".from", missing);
      }
      require(writeBuckets, pair.to(), "write to bucket", path + ".to", missing);
      if (schema.options().deleteExtraneous()) {
        require(deleteBuckets, pair.to(), "delete from bucket", path + ".to", missing);
      }
    }
    for (int i = 0; i < schema.tables().size(); i++) {
      TablePair pair = schema.tables().get(i);
      String path = SchemaPath.tablePair(i) + ".tables";
      String from = schema.regionFrom() + "/" + pair.from();
      String to = schema.regionTo() + "/" + pair.to();
      require(readTables, from, "read table", path + ".from", missing);
      require(writeTables, to, "write to table", path + ".to", missing);
      if (pair.policy(schema.options()) == IfTargetNotEmpty.SYNC) {
        require(syncTables, to, "sync table", path + ".to", missing);
      }
      if (pair.deletesExtraneous(schema.options())) {
        require(mirrorTables, to, "delete items of table", path + ".to", missing);
      }
    }
    return missing.entrySet().stream()
        .map(entry -> problem(entry.getValue(), entry.getKey()))
        .toList();
  }

  private void requireRole(StackAccess stack, String path, Map<String, String> missing) {
    stack.role().ifPresent(role -> require(roles, role.arn(), "assume role", path, missing));
  }

  private void requireKeys(StackAccess stack, String path, Map<String, String> missing) {
    for (int i = 0; i < stack.kmsKeyArns().size(); i++) {
      require(keys, stack.kmsKeyArns().get(i), "use key", "%s[%s]".formatted(path, i), missing);
    }
  }

  private static void require(
      Set<String> granted, String name, String use, String place, Map<String, String> missing) {
    if (!granted.contains(name)) {
      missing.putIfAbsent("%s '%s'".formatted(use, name), place);
    }
  }

  private Problem problem(String place, String use) {
    return new Problem(
        Problem.Kind.ACCESS,
        place,
        "the deployed workflow may not " + use,
        "Deploy again, with this schema among those of the last deployment: "
            + deployCommand
            + ",<the file of this schema>");
  }
}
