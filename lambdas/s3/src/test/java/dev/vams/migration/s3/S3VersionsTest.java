package dev.vams.migration.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Predecessor;
import dev.vams.migration.core.store.StoreError.Scope;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import dev.vams.migration.s3.AnsweringServer.Response;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What the embedded server cannot show: times in whole seconds, and answers that are lost. */
class S3VersionsTest {

  @Test
  void withinTheSameSecondTheOrderOfTheAnswerCounts() {
    // Newest first: written, deleted, deleted, written, all in one second.
    List<String> order =
        List.of(
            entry("Version", "v4"),
            entry("DeleteMarker", "v3"),
            entry("DeleteMarker", "v2"),
            entry("Version", "v1"));
    try (AnsweringServer server = new AnsweringServer(request -> page("false", order));
        S3AsyncClient client = server.client()) {
      VersionPage page = list(client);

      assertThat(page.versions())
          .extracting(ObjectVersion::versionId)
          .containsExactly("v4", "v3", "v2", "v1");
      assertThat(page.next()).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aPageThatEndsWithinASecondGoesOnWhereTheServiceSays() {
    List<String> order =
        List.of(
            "<NextKeyMarker>key</NextKeyMarker><NextVersionIdMarker>v3</NextVersionIdMarker>",
            entry("Version", "v4"),
            entry("DeleteMarker", "v3"));
    try (AnsweringServer server = new AnsweringServer(request -> page("true", order));
        S3AsyncClient client = server.client()) {
      assertThat(list(client).next()).contains(new VersionMarker("key", Optional.of("v3")));
    }
  }

  @Test
  void anEmptyPageThatIsNotTheLastOneIsNotTakenForIt() {
    try (AnsweringServer server = new AnsweringServer(request -> page("true", List.of()));
        S3AsyncClient client = server.client()) {
      assertThat(list(client).next()).isPresent();
    }
  }

  @Test
  void aVersionIsWrittenUnderTheConditionThatItsPredecessorIsTheNewest() {
    Predecessor object = new Predecessor(Optional.of("v1"), Optional.of("e1"));
    try (AnsweringServer server =
            new AnsweringServer(request -> Response.with("x-amz-version-id", "v9"));
        S3AsyncClient client = server.client()) {
      S3ObjectStore store = new S3ObjectStore(client);
      InFlight.await(store.copy(copy()));
      InFlight.await(store.copy(copy().behind(object)));
      InFlight.await(store.copy(copy().behind(Predecessor.NONE)));
      InFlight.await(store.addDeleteMarker("to", "key", object));
      InFlight.await(store.addDeleteMarker("to", "key", Predecessor.NONE));

      assertThat(server.requests())
          .extracting(request -> request.header("if-match"))
          .containsExactly(null, "\"e1\"", null, "\"e1\"", null);
      assertThat(server.requests())
          .extracting(request -> request.header("if-none-match"))
          .containsExactly(null, null, "*", null, null);
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
              () -> InFlight.await(store.addDeleteMarker("bucket", "key", Predecessor.NONE)))
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
              new S3ObjectStore(client).addDeleteMarker("bucket", "key", Predecessor.NONE));

      assertThat(((CopyResult.Copied) result).versionId()).contains("v9");
      assertThat(server.requests()).hasSize(2);
    }
  }

  private static ObjectCopy copy() {
    ObjectVersion version =
        new ObjectVersion("key", "v1", false, 1, "e", Instant.EPOCH, "STANDARD");
    return new ObjectCopy("from", version.object(), "to");
  }

  private static VersionPage list(S3AsyncClient client) {
    return InFlight.await(
        new S3ObjectStore(client).listVersions("bucket", "", VersionMarker.START, 1000));
  }

  private static Response page(String isTruncated, List<String> entries) {
    return Response.of(
        200,
        "<ListVersionsResult><IsTruncated>%s</IsTruncated>%s</ListVersionsResult>"
            .formatted(isTruncated, String.join("", entries)));
  }

  private static String entry(String kind, String versionId) {
    return "<%1$s><Key>key</Key><VersionId>%2$s</VersionId><Size>1</Size><ETag>e</ETag><LastModified>2026-01-01T00:00:00Z</LastModified></%1$s>"
        .formatted(kind, versionId);
  }
}
