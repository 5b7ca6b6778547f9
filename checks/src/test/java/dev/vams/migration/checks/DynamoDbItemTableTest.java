package dev.vams.migration.checks;

import static dev.vams.migration.checks.DynamoDbFixture.definition;
import static dev.vams.migration.checks.DynamoDbFixture.element;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ItemTableContract;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.Capacity;
import dev.vams.migration.core.store.TableFacts.Feature;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.dynamodb.DynamoDbItemTable;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

@ExtendWith(Servers.class)
class DynamoDbItemTableTest implements ItemTableContract {
  private final DynamoDbAsyncClient client;

  DynamoDbItemTableTest(DynamoDbAsyncClient client) {
    this.client = client;
  }

  @Override
  public ItemTable newTable(KeyAttribute... keys) {
    return new DynamoDbItemTable(client, DynamoDbFixture.newTable(client, List.of(keys)));
  }

  @Override
  public ItemTable missingTable() {
    return new DynamoDbItemTable(client, "missing-" + UUID.randomUUID());
  }

  @Test
  void looksAtIndexesCapacityAndFeatures() {
    String table = "table-" + UUID.randomUUID();
    ProvisionedThroughput capacity =
        ProvisionedThroughput.builder().readCapacityUnits(70L).writeCapacityUnits(30L).build();
    KeyAttribute id = new KeyAttribute("id", "S");
    KeyAttribute owner = new KeyAttribute("owner", "B");
    GlobalSecondaryIndex index =
        GlobalSecondaryIndex.builder()
            .indexName("by-owner")
            .keySchema(element(owner, KeyType.HASH), element(id, KeyType.RANGE))
            .projection(all -> all.projectionType(ProjectionType.ALL))
            .provisionedThroughput(capacity)
            .build();
    client
        .createTable(
            request ->
                request
                    .tableName(table)
                    .provisionedThroughput(capacity)
                    .attributeDefinitions(definition(id), definition(owner))
                    .keySchema(element(id, KeyType.HASH))
                    .globalSecondaryIndexes(index)
                    .streamSpecification(
                        stream ->
                            stream.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)))
        .join();
    client
        .updateTimeToLive(
            request ->
                request
                    .tableName(table)
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")))
        .join();

    assertThat(new DynamoDbItemTable(client, table).look())
        .isInstanceOfSatisfying(
            Lookup.Found.class,
            found -> {
              TableFacts facts = (TableFacts) found.value();
              assertThat(facts.keys()).containsExactly(id);
              assertThat(facts.indexKeys()).containsExactly(owner, id);
              assertThat(facts.globalIndexes()).isEqualTo(1);
              assertThat(facts.capacity()).isEqualTo(new Capacity(false, 70, 30, 0));
              assertThat(facts.has(Feature.STREAM)).isTrue();
              assertThat(facts.has(Feature.TIME_TO_LIVE)).isTrue();
              assertThat(facts.lacks(Feature.REPLICAS)).isTrue();
              assertThat(facts.unseen()).as("questions that this server does not know").isEmpty();
            });
  }
}
