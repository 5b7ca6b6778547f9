package dev.vams.migration.checks;

import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ItemTableContract;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.dynamodb.DynamoDbItemTable;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

@ExtendWith(Servers.class)
class DynamoDbItemTableTest implements ItemTableContract {
  private final DynamoDbAsyncClient client;

  DynamoDbItemTableTest(DynamoDbAsyncClient client) {
    this.client = client;
  }

  @Override
  public ItemTable newTable(KeyAttribute... keys) {
    String table = "table-" + UUID.randomUUID();
    client
        .createTable(
            request ->
                request
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        Arrays.stream(keys).map(DynamoDbItemTableTest::definition).toList())
                    .keySchema(
                        Arrays.stream(keys)
                            .map(
                                key ->
                                    element(
                                        key, key.equals(keys[0]) ? KeyType.HASH : KeyType.RANGE))
                            .toList()))
        .join();
    return new DynamoDbItemTable(client, table);
  }

  @Override
  public ItemTable missingTable() {
    return new DynamoDbItemTable(client, "missing-" + UUID.randomUUID());
  }

  private static AttributeDefinition definition(KeyAttribute key) {
    return AttributeDefinition.builder()
        .attributeName(key.name())
        .attributeType(key.type())
        .build();
  }

  private static KeySchemaElement element(KeyAttribute key, KeyType type) {
    return KeySchemaElement.builder().attributeName(key.name()).keyType(type).build();
  }
}
