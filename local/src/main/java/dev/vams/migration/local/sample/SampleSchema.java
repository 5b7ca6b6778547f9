package dev.vams.migration.local.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The migration schema for a pair of sample stacks, in the shape of the templates that VAMS ships.
 */
public final class SampleSchema {

  /**
   * The attribute that is renamed on the way, to show a mapping at work; it is no key and in no
   * index.
   */
  static final String RENAMED_COMMENT_ATTRIBUTE = "commentOwnerUsername";

  /** What {@link #RENAMED_COMMENT_ATTRIBUTE} is called in stack B. */
  static final String NEW_COMMENT_ATTRIBUTE = "commentOwnerName";

  private SampleSchema() {}

  /**
   * Pairs the buckets and tables of two stacks. Of the 17 tables, 16 are in it: {@code
   * appFeatureEnabledStorageTable} says which features a deployment has, so stack B must keep its
   * own.
   *
   * @param region the Region of both stacks, such as {@code us-east-1}
   */
  public static ObjectNode of(SampleStack from, SampleStack to, String region) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("regionFrom", region);
    schema.put("regionTo", region);
    ArrayNode buckets = schema.putArray("VAMS_S3Bucket_Mapping");
    for (VamsBucket bucket : VamsBucket.values()) {
      ObjectNode pair = buckets.addObject();
      pair.put("bucketDescriptor", bucket.descriptor());
      pair.putObject("buckets")
          .put("from", from.bucketName(bucket))
          .put("to", to.bucketName(bucket));
    }
    ArrayNode tables = schema.putArray("VAMS_DynamoDBTable_Mapping");
    for (VamsTable table : VamsTable.values()) {
      if (table.isCarried()) {
        ObjectNode pair = tables.addObject();
        pair.put("tableDescriptor", table.descriptor());
        pair.putObject("tables").put("from", from.tableName(table)).put("to", to.tableName(table));
        boolean renames = table == VamsTable.COMMENTS;
        pair.putArray("attributes")
            .addObject()
            .put("from", renames ? RENAMED_COMMENT_ATTRIBUTE : "")
            .put("to", renames ? NEW_COMMENT_ATTRIBUTE : "");
      }
    }
    return schema;
  }
}
