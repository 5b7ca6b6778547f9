package dev.vams.migration.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.CurrentVersion;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.StoreError.Scope;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import dev.vams.migration.s3.AnsweringServer.Response;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What the embedded server cannot show: times in whole seconds, and answers that are lost. */
class S3VersionsTest {

  @Test
  void withinTheSameSecondTheOrderOfTheAnswerCounts() {
    // Newest first: written, deleted, deleted, written, all in one second; the page ends there.
    List<String> order =
        List.of(
            entry("Version", "v4"),
            entry("DeleteMarker", "v3"),
            entry("DeleteMarker", "v2"),
            entry("Version", "v1"));
    for (int entries = 1; entries <= order.size(); entries++) {
      Response answer = page(order.subList(0, entries));
      try (AnsweringServer server = new AnsweringServer(request -> answer);
          S3AsyncClient client = server.client()) {
        VersionPage page =
            InFlight.await(
                new S3ObjectStore(client).listVersions("bucket", "", VersionMarker.START, 1000));

        assertThat(page.versions())
            .extracting(ObjectVersion::versionId)
            .isEqualTo(List.of("v4", "v3", "v2", "v1").subList(0, entries));
        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @Test
  void anEmptyPageThatSaysWhereTheListingGoesOnIsNotItsEnd() {
    Deque<Response> answers =
        new ArrayDeque<>(
            List.of(
                Response.of(
                    200,
                    "<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>j</NextKeyMarker></ListVersionsResult>"),
                page(List.of(entry("Version", "v1")))));
    try (AnsweringServer server = new AnsweringServer(request -> answers.remove());
        S3AsyncClient client = server.client()) {
      VersionPage page =
          InFlight.await(
              new S3ObjectStore(client).listVersions("bucket", "", VersionMarker.START, 1000));

      assertThat(page.versions()).extracting(ObjectVersion::versionId).containsExactly("v1");
      assertThat(page.last()).isTrue();
      assertThat(server.requests().get(1).path()).contains("key-marker=j");
    }
  }

  @Test
  void aCallThatAddsAVersionIsNotRepeatedWhenItMayHaveTakenEffect() {
    Deque<Response> answers = new ArrayDeque<>(List.of(Response.error(500, "InternalError")));
    try (AnsweringServer server = new AnsweringServer(request -> answers.remove());
        S3AsyncClient client = server.client()) {
      S3ObjectStore store = new S3ObjectStore(client);

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(
              () -> InFlight.await(store.addDeleteMarker("bucket", "key", CurrentVersion.NONE)))
          .satisfies(e -> assertThat(e.error().scope()).isEqualTo(Scope.TRANSIENT));
      // A copy may fail behind the status 200.
      answers.add(Response.error(200, "InternalError"));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> InFlight.await(store.copy(copy())))
          .satisfies(e -> assertThat(e.error().scope()).isEqualTo(Scope.TRANSIENT));

      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aCallThatAddsAVersionIsRepeatedWhenTheServiceAskedForLess() {
    Deque<Response> answers =
        new ArrayDeque<>(
            List.of(Response.error(503, "SlowDown"), Response.with("x-amz-version-id", "v9")));
    try (AnsweringServer server = new AnsweringServer(request -> answers.remove());
        S3AsyncClient client = server.client()) {
      CopyResult result =
          InFlight.await(
              new S3ObjectStore(client).addDeleteMarker("bucket", "key", CurrentVersion.NONE));

      assertThat(((CopyResult.Copied) result).version().versionId()).contains("v9");
      assertThat(server.requests()).hasSize(2);
    }
  }

  private static ObjectCopy copy() {
    ObjectVersion version =
        new ObjectVersion("key", "v1", false, 1, "e", Instant.EPOCH, "STANDARD", Restored.NO);
    return new ObjectCopy("from", version.object(), "to");
  }

  private static Response page(List<String> entries) {
    return Response.of(
        200,
        "<ListVersionsResult><IsTruncated>false</IsTruncated>%s</ListVersionsResult>"
            .formatted(String.join("", entries)));
  }

  private static String entry(String kind, String versionId) {
    return "<%1$s><Key>key</Key><VersionId>%2$s</VersionId><Size>1</Size><ETag>e</ETag><LastModified>2026-01-01T00:00:00Z</LastModified></%1$s>"
        .formatted(kind, versionId);
  }
}
