package dev.vams.migration.checks;

import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** Makes tables of a real server. */
final class DynamoDbFixture {
  private DynamoDbFixture() {}

  /**
   * An empty table of its own, on demand.
   *
   * @param keys the partition key, and the sort key if it has one
   * @return its name
   */
  static String newTable(DynamoDbAsyncClient client, List<KeyAttribute> keys) {
    String table = "table-" + UUID.randomUUID();
    client
        .createTable(
            request ->
                request
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(keys.stream().map(DynamoDbFixture::definition).toList())
                    .keySchema(
                        keys.stream()
                            .map(
                                key ->
                                    element(
                                        key,
                                        key.equals(keys.get(0)) ? KeyType.HASH : KeyType.RANGE))
                            .toList()))
        .join();
    return table;
  }

  static AttributeDefinition definition(KeyAttribute key) {
    return AttributeDefinition.builder()
        .attributeName(key.name())
        .attributeType(key.type())
        .build();
  }

  static KeySchemaElement element(KeyAttribute key, KeyType type) {
    return KeySchemaElement.builder().attributeName(key.name()).keyType(type).build();
  }
}
