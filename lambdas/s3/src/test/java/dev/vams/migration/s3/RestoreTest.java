package dev.vams.migration.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.StoreError.Scope;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Restores, against a server that answers as S3 documents it: no embedded one knows them. */
class RestoreTest {
  private static final Restore BULK = new Restore(Restore.Tier.BULK, 3);

  private AnsweringServer.Response answer = AnsweringServer.Response.of(202, "");
  private final AnsweringServer server = new AnsweringServer(request -> answer);
  private final S3AsyncClient client = server.client();
  private final S3ObjectStore store = new S3ObjectStore(client);

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"GLACIER", "DEEP_ARCHIVE"})
  void anArchivedObjectIsAskedForWithTierAndDays(String storageClass) {
    InFlight.await(store.restore("bucket", object(storageClass), BULK));

    AnsweringServer.Request request = onlyRequest();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/bucket/a%20b?restore");
    assertThat(request.body())
        .contains("<Days>3</Days>")
        .contains("<GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters>");
  }

  @Test
  void aVersionIsAskedForByItsId() {
    InFlight.await(store.restore("bucket", version("v1").object(), BULK));

    assertThat(onlyRequest().path()).isEqualTo("/bucket/a%20b?restore&versionId=v1");
  }

  /** S3: "INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days". */
  @Test
  void anObjectOfAnArchiveTierIsAskedForWithoutDays() {
    InFlight.await(store.restore("bucket", object("INTELLIGENT_TIERING"), BULK));

    assertThat(onlyRequest().body()).contains("Bulk").doesNotContain("Days");
  }

  @ParameterizedTest
  @CsvSource({"200, ''", "409, RestoreAlreadyInProgress"})
  void whatIsRestoredOrOnItsWayIsNoFailure(int answer, String code) {
    answerWith(answer, code);

    InFlight.await(store.restore("bucket", object("GLACIER"), BULK));

    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, ENTRY",
    "403, InvalidObjectState, ENTRY",
    "503, GlacierExpeditedRetrievalNotAvailable, ENTRY",
    "503, SlowDown, TRANSIENT",
    "404, NoSuchBucket, RUN"
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
    answerWithListing("ListBucketResult", "Contents");

    assertThat(InFlight.await(store.list("bucket", "", "", 9)).objects())
        .extracting(ObjectSummary::restored)
        .containsExactly(Restored.NO, Restored.SOON, Restored.YES);
    assertThat(onlyRequest().header("x-amz-optional-object-attributes")).isEqualTo("RestoreStatus");
  }

  @Test
  void soDoesAListingOfVersions() {
    answerWithListing("ListVersionsResult", "Version");

    assertThat(InFlight.await(store.listVersions("bucket", "", VersionMarker.START, 9)).versions())
        .extracting(ObjectVersion::restored)
        .containsExactly(Restored.NO, Restored.SOON, Restored.YES);
    assertThat(onlyRequest().header("x-amz-optional-object-attributes")).isEqualTo("RestoreStatus");
  }

  private void answerWithListing(String listing, String entry) {
    answer =
        AnsweringServer.Response.of(
            200,
            "<%1$s><IsTruncated>false</IsTruncated>%2$s</%1$s>"
                .formatted(
                    listing,
                    listed(entry, "a", "")
                        + listed(entry, "b", "<IsRestoreInProgress>true</IsRestoreInProgress>")
                        + listed(
                            entry,
                            "c",
                            "<IsRestoreInProgress>false</IsRestoreInProgress>"
                                + "<RestoreExpiryDate>2030-01-01T00:00:00.000Z</RestoreExpiryDate>")));
  }

  private static String listed(String entry, String key, String status) {
    return """
        <%1$s><Key>%2$s</Key><VersionId>v1</VersionId><Size>1</Size><ETag>"e"</ETag>\
        <LastModified>2026-01-01T00:00:00.000Z</LastModified>\
        <StorageClass>GLACIER</StorageClass>%3$s</%1$s>"""
        .formatted(
            entry, key, status.isEmpty() ? "" : "<RestoreStatus>" + status + "</RestoreStatus>");
  }

  private AnsweringServer.Request onlyRequest() {
    assertThat(server.requests()).hasSize(1);
    return server.requests().get(0);
  }

  private static ObjectSummary object(String storageClass) {
    return new ObjectSummary("a b", 1, "etag", Instant.EPOCH, storageClass);
  }

  private static ObjectVersion version(String id) {
    return new ObjectVersion("a b", id, false, 1, "etag", Instant.EPOCH, "GLACIER", Restored.NO);
  }

  private void answerWith(int status, String code) {
    answer =
        code.isEmpty()
            ? AnsweringServer.Response.of(status, "")
            : AnsweringServer.Response.error(status, code);
  }
}
