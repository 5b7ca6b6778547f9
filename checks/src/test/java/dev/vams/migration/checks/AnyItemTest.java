package dev.vams.migration.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.transfer.CopyStep;
import dev.vams.migration.core.transfer.SegmentCopier;
import dev.vams.migration.dynamodb.DynamoDbItemTable;
import dev.vams.migration.local.server.EmbeddedServers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Any item that DynamoDB takes is the same at the target, as the SDK reads it on both sides. Names
 * are such as VAMS has, and worse.
 */
class AnyItemTest {
  private static final String PARTITION_KEY = "$db:$asset";
  private static final String SORT_KEY = "number.of";
  private static final List<KeyAttribute> KEYS =
      List.of(new KeyAttribute(PARTITION_KEY, "S"), new KeyAttribute(SORT_KEY, "N"));

  /** The largest item, 400 KB in bytes, names included. */
  private static final int LARGEST_ITEM = 400 << 10;

  private static EmbeddedServers servers;
  private static DynamoDbAsyncClient client;

  /** Both stacks, on one server. */
  private record Server(DynamoDbAsyncClient client) implements Stack {
    @Override
    public ObjectStore objects() {
      throw new UnsupportedOperationException("there are no objects here");
    }

    @Override
    public ObjectUploads uploads() {
      throw new UnsupportedOperationException("there are no objects here");
    }

    @Override
    public ItemTable table(String name) {
      return new DynamoDbItemTable(client, name);
    }
  }

  @BeforeContainer
  static void start() {
    servers = Servers.startServers();
    client = Servers.dynamoDb(servers);
  }

  @AfterContainer
  static void stop() {
    client.close();
    servers.close();
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void isTheSameAtTheTarget(@ForAll("items") List<Map<String, AttributeValue>> items) {
    assertCopied(items);
  }

  @Example
  void isTheSameAtTheTargetIfItIsAsLargeAsCanBe() {
    Map<String, AttributeValue> item = keyed(0, Map.of("text", AttributeValue.fromS("")));
    int sizeOfKey = (PARTITION_KEY + SORT_KEY).length() + "\u00e9-0".getBytes(UTF_8).length + 1;
    int rest = LARGEST_ITEM - sizeOfKey - "text".length();
    item.put("text", AttributeValue.fromS("x".repeat(rest)));

    assertCopied(List.of(item));
    item.put("text", AttributeValue.fromS("x".repeat(rest + 1)));
    assertThatThrownBy(() -> assertCopied(List.of(item)))
        .hasMessageContaining("Item size has exceeded the maximum allowed size");
  }

  private static void assertCopied(List<Map<String, AttributeValue>> items) {
    String from = DynamoDbFixture.newTable(client, KEYS);
    String to = DynamoDbFixture.newTable(client, KEYS);
    for (int begin = 0; begin < items.size(); begin += ItemTable.WRITE_BATCH_SIZE) {
      List<WriteRequest> batch =
          items.subList(begin, Math.min(begin + ItemTable.WRITE_BATCH_SIZE, items.size())).stream()
              .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
              .toList();
      assertThat(
              client
                  .batchWriteItem(request -> request.requestItems(Map.of(from, batch)))
                  .join()
                  .unprocessedItems())
          .isEmpty();
    }
    List<Map<String, AttributeValue>> expected = read(from);
    assertThat(expected).hasSameSizeAs(items);

    copy(from, to, items.size());

    assertThat(read(to)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void copy(String from, String to, int items) {
    TablePair pair = new TablePair("files", from, to, List.of());
    TablePlan table =
        new TablePlan(
            KEYS, List.of(), items, 1024, 0, 1, Ceilings.NONE, Ceilings.NONE, Estimate.NONE);
    MigrationSchema schema =
        new MigrationSchema(
            "us-east-1", "us-east-1", List.of(), List.of(pair), Options.defaults(), "");
    MigrationPlan plan =
        new MigrationPlan(
            "run",
            "now",
            schema,
            List.of("copy"),
            Map.of(),
            Map.of(pair.descriptor(), table),
            0,
            List.of());
    Journal journal = new Journal(new InMemoryWorkStore(), new JacksonCodec(), TwoStacks.RUN);
    Stack server = new Server(client);
    CopyStep step =
        new SegmentCopier(
                server,
                server,
                new AimdWindow(4, 4),
                (unit, change) -> {},
                InstantSource.system(),
                TwoStacks.BACKOFF,
                new RecordingPause())
            .copy(
                journal,
                plan,
                new Segment("unit", pair.descriptor(), 0, 1),
                Optional.empty(),
                () -> false);
    assertThat(journal.failures(items)).isEmpty();
    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(items, 0, 0, 0, 0)));
  }

  private static List<Map<String, AttributeValue>> read(String table) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    client
        .scanPaginator(request -> request.tableName(table).consistentRead(true))
        .items()
        .subscribe(items::add)
        .join();
    return items;
  }

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> items() {
    return Arbitraries.maps(names(), values(3))
        .ofMaxSize(6)
        .list()
        .ofSize(500)
        .map(
            attributes -> {
              List<Map<String, AttributeValue>> items = new ArrayList<>();
              for (Map<String, AttributeValue> one : attributes) {
                items.add(keyed(items.size(), one));
              }
              return items;
            });
  }

  private static Map<String, AttributeValue> keyed(
      int number, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put(PARTITION_KEY, AttributeValue.fromS("\u00e9-" + number % 7));
    item.put(SORT_KEY, AttributeValue.fromN(Integer.toString(number)));
    return item;
  }

  private static Arbitrary<AttributeValue> values(int depth) {
    Arbitrary<AttributeValue> plain =
        Arbitraries.oneOf(
            texts().map(AttributeValue::fromS),
            numbers().map(AttributeValue::fromN),
            binaries().map(AttributeValue::fromB),
            Arbitraries.of(true, false).map(AttributeValue::fromBool),
            Arbitraries.just(AttributeValue.fromNul(true)),
            texts().list().uniqueElements().ofMinSize(1).ofMaxSize(4).map(AttributeValue::fromSs),
            Arbitraries.integers()
                .map(Object::toString)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(AttributeValue::fromNs),
            binaries()
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(AttributeValue::fromBs));
    if (depth == 0) {
      return plain;
    }
    Arbitrary<AttributeValue> inner = values(depth - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(4, plain),
        Tuple.of(1, inner.list().ofMaxSize(3).map(AttributeValue::fromL)),
        Tuple.of(1, Arbitraries.maps(names(), inner).ofMaxSize(3).map(AttributeValue::fromM)));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('\u00e9', '\uff5e', '.', '$', ':', '#')
        .ofMinLength(1)
        .ofMaxLength(6);
  }

  /** Empty ones too. Lone surrogates have no UTF-8 form, and no service takes them. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\0', '~')
        .withChars('\u00e9', '\uff5e')
        .ofMaxLength(8)
        .map(text -> text.endsWith("~") ? text + "\ud83d\ude00" : text);
  }

  /** Up to 38 digits, of any magnitude that the service takes. */
  private static Arbitrary<String> numbers() {
    Arbitrary<String> digits =
        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(38).map(text -> "0." + text);
    return Combinators.combine(
            Arbitraries.of("", "-"), digits, Arbitraries.integers().between(-91, 125))
        .as((sign, mantissa, exponent) -> sign + mantissa + "E" + exponent);
  }

  private static Arbitrary<SdkBytes> binaries() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(8).map(SdkBytes::fromByteArray);
  }
}
