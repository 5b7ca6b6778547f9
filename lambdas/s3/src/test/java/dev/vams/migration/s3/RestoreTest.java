package dev.vams.migration.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.StoreError.Scope;
import dev.vams.migration.core.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Restores, against a server that answers as S3 documents it: no embedded one knows them. */
class RestoreTest {
  private static final Restore BULK = new Restore(Restore.Tier.BULK, 3);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private S3AsyncClient client;
  private S3ObjectStore store;
  private int status;
  private String body;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        S3AsyncClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .overrideConfiguration(
                configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    store = new S3ObjectStore(client);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"GLACIER", "DEEP_ARCHIVE"})
  void anArchivedObjectIsAskedForWithTierAndDays(String storageClass) {
    answerWith(202, "");

    InFlight.await(store.restore("bucket", object(storageClass), BULK));

    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("POST /bucket/a%20b?restore")
        .contains("<Days>3</Days>")
        .contains("<GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters>");
  }

  /** S3: "INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days". */
  @Test
  void anObjectOfAnArchiveTierIsAskedForWithoutDays() {
    answerWith(202, "");

    InFlight.await(store.restore("bucket", object("INTELLIGENT_TIERING"), BULK));

    assertThat(requests).singleElement().asString().contains("Bulk").doesNotContain("Days");
  }

  @ParameterizedTest
  @CsvSource({"200, ''", "409, RestoreAlreadyInProgress"})
  void whatIsRestoredOrOnItsWayIsNoFailure(int answer, String code) {
    answerWith(answer, code);

    InFlight.await(store.restore("bucket", object("GLACIER"), BULK));

    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, ENTRY",
    "403, InvalidObjectState, ENTRY",
    "503, GlacierExpeditedRetrievalNotAvailable, ENTRY",
    "503, SlowDown, TRANSIENT",
    "404, NoSuchBucket, UNIT"
  })
  void aRefusalSaysHowFarItReaches(int answer, String code, Scope scope) {
    answerWith(answer, code);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> InFlight.await(store.restore("bucket", object("GLACIER"), BULK)))
        .satisfies(refusal -> assertThat(refusal.error().scope()).isEqualTo(scope));
  }

  @Test
  void tryingToRestoreFailsOnlyWhereItIsNotAllowed() {
    answerWith(404, "NoSuchKey");
    InFlight.await(store.tryRestore("bucket"));

    answerWith(403, "AccessDenied");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> InFlight.await(store.tryRestore("bucket")));
  }

  @Test
  void aListingTellsHowFarRestoresHaveCome() {
    status = 200;
    body =
        "<ListBucketResult><IsTruncated>false</IsTruncated>"
            + listed("a", "")
            + listed("b", "<IsRestoreInProgress>true</IsRestoreInProgress>")
            + listed(
                "c",
                "<IsRestoreInProgress>false</IsRestoreInProgress>"
                    + "<RestoreExpiryDate>2030-01-01T00:00:00.000Z</RestoreExpiryDate>")
            + "</ListBucketResult>";

    assertThat(InFlight.await(store.list("bucket", "", "", 9)).objects())
        .extracting(ObjectSummary::restored)
        .containsExactly(Restored.NO, Restored.SOON, Restored.YES);
    assertThat(requests).singleElement().asString().endsWith("RestoreStatus");
  }

  private static String listed(String key, String status) {
    return """
        <Contents><Key>%s</Key><Size>1</Size><ETag>"e"</ETag>\
        <LastModified>2026-01-01T00:00:00.000Z</LastModified>\
        <StorageClass>GLACIER</StorageClass>%s</Contents>"""
        .formatted(key, status.isEmpty() ? "" : "<RestoreStatus>" + status + "</RestoreStatus>");
  }

  private static ObjectSummary object(String storageClass) {
    return new ObjectSummary("a b", 1, "etag", Instant.EPOCH, storageClass);
  }

  private void answerWith(int answer, String code) {
    status = answer;
    body =
        code.isEmpty()
            ? ""
            : "<Error><Code>%s</Code><Message>what S3 says</Message></Error>".formatted(code);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String attributes = exchange.getRequestHeaders().getFirst("x-amz-optional-object-attributes");
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), UTF_8)
              + (attributes == null ? "" : attributes));
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/xml");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
