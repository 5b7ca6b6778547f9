package dev.vams.migration.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.InMemoryWorkStore;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectStoreContract.Content;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.transfer.CopyStep;
import dev.vams.migration.core.transfer.KeyRangeCopier;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.local.server.EmbeddedServers;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Objects of any key and with any properties are the same at the target, whether they are copied in
 * one call or in parts. Thirteen hundred of them, a hundred at a time; about a thousand can be
 * copied in parts here.
 *
 * <p>S3Mock narrows what is generated: it keeps the header with an upload's tags as it is, so tags
 * are of characters that are not encoded in it; it does not say the checksums of parts, which an
 * upload with a checksum over parts needs, so the checksums are those over the whole object; and it
 * lists keys by their UTF-16, so none has a character of U+E000 to U+FFFF. With other tags, such
 * characters, and uploads to keys with any control character, this was done by hand on MinIO, which
 * in turn has no keys with empty segments or dots for segments, and no Expires in its copies.
 */
class AnyObjectTest {
  private static final int OBJECTS = 100;
  private static final int LONGEST_KEY = 1024;

  /** All objects that are not empty; an upload has at least one part, and a part one byte. */
  private static final TransferLimits IN_PARTS = TransferLimits.DEFAULT.withSizes(0, 5 << 20);

  private static EmbeddedServers servers;
  private static S3AsyncClient client;

  /** Both stacks, on one server. */
  private record Server(S3AsyncClient client) implements Stack {
    @Override
    public ObjectStore objects() {
      return new S3Fixture(client).store();
    }

    @Override
    public ObjectUploads uploads() {
      return new S3Fixture(client).uploads();
    }

    @Override
    public ItemTable table(String name) {
      throw new UnsupportedOperationException("there are no tables here");
    }
  }

  /** What is at a key. */
  private record Stored(Content content, Map<String, String> checksums) {}

  @BeforeContainer
  static void start() {
    servers = Servers.startServers();
    client = Servers.s3(servers);
  }

  @AfterContainer
  static void stop() {
    client.close();
    servers.close();
  }

  @Property(tries = 14, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void isTheSameAtTheTargetOnBothWays(@ForAll("objects") Map<String, Content> objects) {
    S3Fixture fixture = new S3Fixture(client);
    String from = fixture.newBucket();
    objects.entrySet().parallelStream()
        .forEach(object -> fixture.put(from, object.getKey(), object.getValue()));
    Map<String, Stored> expected = stored(fixture, from, objects.keySet());
    assertThat(expected.values()).extracting(Stored::content).hasSameElementsAs(objects.values());

    assertCopied(from, expected, TransferLimits.DEFAULT);
    expected.keySet().stream()
        .filter(AnyObjectTest::isControlled)
        .forEach(key -> delete(from, key));
    expected.keySet().removeIf(AnyObjectTest::isControlled);
    assertCopied(from, expected, IN_PARTS);
  }

  private static void assertCopied(
      String from, Map<String, Stored> expected, TransferLimits limits) {
    S3Fixture fixture = new S3Fixture(client);
    String to = fixture.newBucket();

    assertThat(copy(from, to, limits)).isEqualTo(new CopyStep.Done(tally(expected.values())));

    assertThat(stored(fixture, to, expected.keySet())).isEqualTo(expected);
  }

  /** S3Mock cannot answer to the beginning of an upload whose key has what XML has not. */
  private static boolean isControlled(String key) {
    return key.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
  }

  private static void delete(String bucket, String key) {
    client.deleteObject(request -> request.bucket(bucket).key(key)).join();
  }

  private static Map<String, Stored> stored(S3Fixture fixture, String bucket, Set<String> keys) {
    return keys.parallelStream()
        .collect(
            Collectors.toMap(
                key -> key,
                key ->
                    new Stored(
                        fixture.read(bucket, key),
                        InFlight.await(fixture.store().fingerprint(bucket, key, Optional.empty()))
                            .map(ObjectFingerprint::checksums)
                            .orElseThrow())));
  }

  private static Tally tally(Collection<Stored> objects) {
    long bytes =
        objects.stream().mapToLong(object -> object.content().text().getBytes(UTF_8).length).sum();
    return new Tally(objects.size(), 0, 0, 0, bytes);
  }

  private static CopyStep copy(String from, String to, TransferLimits limits) {
    Journal journal = new Journal(new InMemoryWorkStore(), new JacksonCodec(), TwoStacks.RUN);
    MigrationSchema schema =
        new MigrationSchema(
            "us-east-1",
            "us-east-1",
            List.of(new BucketPair("files", from, to)),
            List.of(),
            Options.defaults(),
            "");
    MigrationPlan plan =
        new MigrationPlan("run", "now", schema, List.of("copy"), Map.of(), Map.of(), 0, List.of());
    Stack server = new Server(client);
    CopyStep step =
        new KeyRangeCopier(
                server,
                server,
                limits.objects(),
                limits,
                (unit, change) -> {},
                InstantSource.system(),
                TwoStacks.BACKOFF,
                new RecordingPause())
            .copy(
                journal,
                plan,
                new KeyRange("unit", "files", "", "", ""),
                Optional.empty(),
                () -> false);
    assertThat(journal.failures(OBJECTS)).isEmpty();
    return step;
  }

  @Provide
  Arbitrary<Map<String, Content>> objects() {
    return Arbitraries.maps(keys(), contents()).ofSize(OBJECTS);
  }

  /** Keys are opaque: slashes, dots and anything else mean nothing. */
  private static Arbitrary<String> keys() {
    Arbitrary<String> pieces =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of("/", "//", ".", "..", "/./", "/../")),
            Tuple.of(
                6,
                Arbitraries.of(
                    "\t", "\n", "\r", " ", "+", "%", "%2F", "%25", "\"", "'", "&", "?", "#", "=",
                    ";", "<", ">", "\\", "*", "~", "|")),
            Tuple.of(1, Arbitraries.chars().range('\u0001', '\u001f').map(String::valueOf)),
            Tuple.of(
                4,
                Arbitraries.of(
                    "\u007f",
                    "\u00e9",
                    "e\u0301",
                    "\u6f22",
                    "\ud83d\ude80",
                    "\ud83d\udc69\u200d\ud83d\ude80")),
            Tuple.of(8, Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(12)));
    Arbitrary<String> usual =
        pieces.list().ofMinSize(1).ofMaxSize(10).map(list -> String.join("", list));
    Arbitrary<String> longest =
        usual.map(key -> key + "x".repeat(LONGEST_KEY - key.getBytes(UTF_8).length));
    return Arbitraries.frequencyOf(Tuple.of(19, usual), Tuple.of(1, longest))
        .filter(key -> !isOutside(key));
  }

  /**
   * S3Mock's web server takes a backslash for a slash, and refuses an address that leads above its
   * root. The bucket's name comes before the key.
   */
  private static boolean isOutside(String key) {
    int depth = 1;
    for (String segment : key.split("[/\\\\]", -1)) {
      if (segment.equals("..")) {
        depth--;
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static Arbitrary<Content> contents() {
    return Combinators.combine(texts(), headers(), metadata(), tags(), storageClasses())
        .as(Content::new);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(40).alpha();
  }

  private static Arbitrary<Map<String, String>> headers() {
    Arbitrary<String> text = printable();
    return Combinators.combine(
            Arbitraries.of("text/plain", "model/gltf-binary", "application/octet-stream"),
            text.optional(),
            text.optional(),
            Arbitraries.of("gzip", "br", "gzip, br").optional(),
            Arbitraries.of("de", "en-GB", "de, en").optional(),
            Arbitraries.of("Tue, 01 Jan 2030 00:00:00 GMT", "Thu, 31 Dec 2099 23:59:59 GMT", "0")
                .optional())
        .as(
            (type, cache, disposition, encoding, language, expires) -> {
              Map<String, String> headers = new HashMap<>();
              headers.put("Content-Type", type);
              cache.ifPresent(value -> headers.put("Cache-Control", value));
              disposition.ifPresent(value -> headers.put("Content-Disposition", value));
              encoding.ifPresent(value -> headers.put("Content-Encoding", value));
              language.ifPresent(value -> headers.put("Content-Language", value));
              expires.ifPresent(value -> headers.put("Expires", value));
              return Map.copyOf(headers);
            });
  }

  private static Arbitrary<Map<String, String>> metadata() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20);
    return Arbitraries.maps(names, printable()).ofMaxSize(5);
  }

  /** HTTP drops spaces at both ends. */
  private static Arbitrary<String> printable() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .ofMinLength(1)
        .ofMaxLength(60)
        .map(text -> "x" + text + "x");
  }

  private static Arbitrary<Map<String, String>> tags() {
    Arbitrary<String> texts =
        Arbitraries.strings().alpha().numeric().withChars("._-").ofMinLength(1).ofMaxLength(30);
    return Arbitraries.maps(texts, texts).ofMaxSize(10);
  }

  private static Arbitrary<String> storageClasses() {
    return Arbitraries.of(
        "STANDARD",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER_IR",
        "REDUCED_REDUNDANCY");
  }
}
