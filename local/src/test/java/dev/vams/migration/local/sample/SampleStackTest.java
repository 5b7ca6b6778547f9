package dev.vams.migration.local.sample;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.local.server.EmbeddedServers;
import dev.vams.migration.local.server.ServerPorts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleStackTest {

  private static final int SCALE = 1;
  private static final long SEED = 2_026;

  private EmbeddedServers servers;
  private S3AsyncClient s3;
  private DynamoDbAsyncClient dynamoDb;
  private SampleStack stackA;
  private SampleStack stackB;
  private SampleData filled;

  @BeforeAll
  void createAndFill(@TempDir Path scratch) throws InterruptedException {
    servers = EmbeddedServers.start(Path.of("servers", "target"), ServerPorts.FREE, scratch);
    StaticCredentialsProvider anyone =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
    s3 =
        S3AsyncClient.builder()
            .endpointOverride(servers.s3Endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(anyone)
            .forcePathStyle(true)
            .build();
    dynamoDb =
        DynamoDbAsyncClient.builder()
            .endpointOverride(servers.dynamoDbEndpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(anyone)
            .build();
    stackA = SampleStack.create(s3, dynamoDb, "vams-a");
    stackB = SampleStack.create(s3, dynamoDb, "vams-b");
    filled = SampleData.fill(s3, dynamoDb, stackA, SCALE, SEED);
  }

  @AfterAll
  void stop() {
    s3.close();
    dynamoDb.close();
    servers.close();
  }

  @Test
  void stackHasTheTablesAndIndexesOfVams() {
    assertThat(VamsTable.values()).hasSize(17);
    for (VamsTable table : VamsTable.values()) {
      TableDescription description =
          dynamoDb
              .describeTable(request -> request.tableName(stackA.tableName(table)))
              .join()
              .table();

      assertThat(names(description.keySchema())).isEqualTo(table.key());
      assertThat(
              description.globalSecondaryIndexes().stream()
                  .collect(
                      toMap(
                          GlobalSecondaryIndexDescription::indexName,
                          index -> names(index.keySchema()))))
          .isEqualTo(
              table.indexes().stream().collect(toMap(VamsTable.Index::name, VamsTable.Index::key)));
      assertThat(description.billingModeSummary().billingModeAsString())
          .isEqualTo("PAY_PER_REQUEST");
    }
  }

  @Test
  void bucketsAreVersioned() {
    for (VamsBucket bucket : VamsBucket.values()) {
      assertThat(
              s3.getBucketVersioning(request -> request.bucket(stackB.bucketName(bucket)))
                  .join()
                  .status())
          .isEqualTo(BucketVersioningStatus.ENABLED);
    }
  }

  @Test
  void fillsTheStackToItsScale() {
    assertThat(filled.objects()).isEqualTo(312);
    assertThat(filled.items()).isBetween(1_800L, 2_200L);
    assertThat(
            Stream.of(VamsBucket.values()).mapToLong(bucket -> keys(stackA, bucket).size()).sum())
        .isEqualTo(filled.objects());
    assertThat(Stream.of(VamsTable.values()).mapToLong(table -> items(stackA, table).size()).sum())
        .isEqualTo(filled.items());
  }

  @Test
  void everyTableOfStackAHasItemsAndStackBHasNone() {
    for (VamsTable table : VamsTable.values()) {
      assertThat(items(stackA, table)).as(table.name()).isNotEmpty();
      assertThat(items(stackB, table)).as(table.name()).isEmpty();
    }
  }

  @Test
  void listingReturnsEveryKeyUnchanged() {
    for (VamsBucket bucket : VamsBucket.values()) {
      assertThat(keys(stackA, bucket))
          .isEqualTo(
              objects(SCALE, SEED)
                  .filter(object -> object.bucket() == bucket)
                  .map(SampleObject::key)
                  .collect(toSet()));
    }
    assertThat(keys(stackA, VamsBucket.ASSETS))
        .map(key -> key.substring(key.indexOf('/') + 1))
        .containsAll(SampleAsset.ODD_NAMES.stream().map(name -> "odd/" + name).toList());
  }

  @Test
  void objectsComeBackWithTheirContentAndAttributes() {
    objects(SCALE, SEED)
        .forEach(
            object -> {
              var returned =
                  s3.getObject(
                          request ->
                              request.bucket(stackA.bucketName(object.bucket())).key(object.key()),
                          AsyncResponseTransformer.toBytes())
                      .join();
              GetObjectResponse attributes = returned.response();

              assertThat(returned.asByteArray()).as(object.key()).isEqualTo(object.content());
              assertThat(attributes.metadata()).isEqualTo(object.attributes().metadata());
              assertThat(attributes.contentType()).isEqualTo(object.attributes().contentType());
              assertThat(attributes.cacheControl()).isEqualTo(object.attributes().cacheControl());
              assertThat(attributes.contentLanguage())
                  .isEqualTo(object.attributes().contentLanguage());
              assertThat(attributes.contentDisposition())
                  .isEqualTo(object.attributes().contentDisposition());
            });
  }

  @Test
  void itemsComeBackExactly() {
    Map<VamsTable, Set<Map<String, AttributeValue>>> written = new HashMap<>();
    SampleItems.of(SCALE, SEED)
        .forEach(
            item ->
                written
                    .computeIfAbsent(item.table(), table -> new HashSet<>())
                    .add(comparable(item.attributes())));

    for (VamsTable table : VamsTable.values()) {
      assertThat(items(stackA, table).stream().map(SampleStackTest::comparable).collect(toSet()))
          .as(table.name())
          .isEqualTo(written.get(table));
    }
  }

  @Test
  void sameSeedMakesTheSameAndAnotherSeedMakesOther() {
    List<SampleObject> first = objects(SCALE, SEED).toList();

    assertThat(objects(SCALE, SEED).toList()).isEqualTo(first);
    assertThat(SampleItems.of(SCALE, SEED))
        .containsExactlyElementsOf(SampleItems.of(SCALE, SEED).toList());
    assertThat(objects(SCALE, SEED + 1).map(SampleObject::key))
        .doesNotContainAnyElementsOf(keysOf(first));
  }

  @Test
  void eachScaleIsThatManyTimesAsMuch() {
    assertThat(objects(3, SEED).map(object -> object.bucket() + object.key()).distinct())
        .hasSize(3 * 312);
    assertThat(objects(3, SEED).limit(312)).isEqualTo(objects(1, SEED).toList());
  }

  @Test
  void specimenHasAllTenTypes() {
    Set<AttributeValue.Type> types =
        items(stackA, VamsTable.METADATA).stream()
            .flatMap(item -> item.values().stream())
            .map(AttributeValue::type)
            .collect(toSet());

    assertThat(types)
        .containsExactlyInAnyOrder(
            AttributeValue.Type.S,
            AttributeValue.Type.N,
            AttributeValue.Type.B,
            AttributeValue.Type.BOOL,
            AttributeValue.Type.NUL,
            AttributeValue.Type.M,
            AttributeValue.Type.L,
            AttributeValue.Type.SS,
            AttributeValue.Type.NS,
            AttributeValue.Type.BS);
  }

  @Test
  void schemaPairsEverythingThatIsCarriedAndRenamesOneAttribute() {
    ObjectNode schema = SampleSchema.of(stackA, stackB, "us-east-1");

    assertThat(schema.get("regionFrom").asText()).isEqualTo("us-east-1");
    assertThat(schema.get("VAMS_S3Bucket_Mapping")).hasSize(2);
    assertThat(schema.get("VAMS_DynamoDBTable_Mapping")).hasSize(16);
    assertThat(schema.findValuesAsText("tableDescriptor"))
        .doesNotContain("appFeatureEnabledStorageTable");
    assertThat(schema.at("/VAMS_DynamoDBTable_Mapping/0"))
        .hasToString(
            """
            {"tableDescriptor":"commentStorageTable",\
            "tables":{"from":"vams-a-CommentStorageTable","to":"vams-b-CommentStorageTable"},\
            "attributes":[{"from":"commentOwnerUsername","to":"commentOwnerName"}]}""");
    assertThat(items(stackA, VamsTable.COMMENTS))
        .allMatch(item -> item.containsKey("commentOwnerUsername"));
  }

  @Test
  void stackThatExistsIsNotCreatedAgain() {
    assertThatThrownBy(() -> SampleStack.create(s3, dynamoDb, "vams-a"))
        .isInstanceOf(CompletionException.class)
        .rootCause()
        // Whichever answers first.
        .isInstanceOfAny(ResourceInUseException.class, BucketAlreadyOwnedByYouException.class);
  }

  @Test
  void prefixThatCannotStartABucketNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleStack("VAMS_A"))
        .withMessageContaining("VAMS_A");
  }

  private static Stream<SampleObject> objects(int scale, long seed) {
    return SampleAsset.of(scale, seed).flatMap(SampleObject::of);
  }

  private static List<String> keysOf(List<SampleObject> objects) {
    return objects.stream().map(SampleObject::key).toList();
  }

  private static List<String> names(List<KeySchemaElement> keySchema) {
    return keySchema.stream().map(KeySchemaElement::attributeName).toList();
  }

  private Set<String> keys(SampleStack stack, VamsBucket bucket) {
    List<String> keys = new ArrayList<>();
    s3.listObjectsV2Paginator(
            request ->
                request
                    .bucket(stack.bucketName(bucket))
                    .maxKeys(100)
                    .encodingType(EncodingType.URL))
        .contents()
        .map(S3Object::key)
        .subscribe(keys::add)
        .join();
    assertThat(keys).doesNotHaveDuplicates();
    return new TreeSet<>(keys);
  }

  private List<Map<String, AttributeValue>> items(SampleStack stack, VamsTable table) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    dynamoDb
        .scanPaginator(request -> request.tableName(stack.tableName(table)).consistentRead(true))
        .items()
        .subscribe(items::add)
        .join();
    return items;
  }

  /**
   * The same value in one spelling: the order of a set means nothing, nor does the way a number is
   * written.
   */
  private static Map<String, AttributeValue> comparable(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> comparable(entry.getValue())));
  }

  private static AttributeValue comparable(AttributeValue value) {
    return switch (value.type()) {
      case N -> AttributeValue.fromN(number(value.n()));
      case NS ->
          AttributeValue.fromNs(value.ns().stream().map(SampleStackTest::number).sorted().toList());
      case SS -> AttributeValue.fromSs(value.ss().stream().sorted().toList());
      case BS ->
          AttributeValue.fromBs(
              value.bs().stream().sorted(Comparator.comparing(SdkBytes::asByteBuffer)).toList());
      default -> value;
    };
  }

  private static String number(String text) {
    return new BigDecimal(text).stripTrailingZeros().toString();
  }
}
