package dev.vams.migration.s3;

import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;

/**
 * Lists versions and delete markers together. S3 sends them in one order, but the SDK puts them
 * into two lists (<a href="https://github.com/aws/aws-sdk-cpp/issues/1649">aws-sdk-cpp 1649</a>).
 * Their keys and times tell how they belong together, except within the same second: there, S3 is
 * asked what comes next. If its answer fits neither list, because versions were written or removed
 * in between, the listing fails, to be repeated.
 */
final class S3Versions {
  private final S3AsyncClient client;

  S3Versions(S3AsyncClient client) {
    this.client = client;
  }

  /** See {@code ObjectStore.listVersions}. */
  CompletionStage<VersionPage> list(String bucket, String prefix, VersionMarker after, int limit) {
    return fetch(bucket, prefix, after, limit)
        .thenCompose(
            page -> {
              boolean last = !Boolean.TRUE.equals(page.isTruncated());
              if (!last && page.versions().isEmpty() && page.deleteMarkers().isEmpty()) {
                Optional<VersionMarker> next = next(page).filter(marker -> !marker.equals(after));
                if (next.isPresent()) {
                  return list(bucket, prefix, next.get(), limit);
                }
              }
              return new Merge(bucket, prefix, after, page)
                  .merged()
                  .thenApply(versions -> new VersionPage(versions, last));
            });
  }

  /** Where the service says that the listing goes on; no version of the page tells it. */
  private static Optional<VersionMarker> next(ListObjectVersionsResponse page) {
    return Optional.ofNullable(page.nextKeyMarker())
        .map(key -> new VersionMarker(key, Optional.ofNullable(page.nextVersionIdMarker())));
  }

  private CompletionStage<ListObjectVersionsResponse> fetch(
      String bucket, String prefix, VersionMarker after, int limit) {
    // Keys may hold characters that XML cannot: the service encodes them, and the SDK decodes them.
    return client.listObjectVersions(
        request ->
            request
                .bucket(bucket)
                .prefix(prefix.isEmpty() ? null : prefix)
                .keyMarker(after.key().isEmpty() ? null : after.key())
                .versionIdMarker(after.versionId().orElse(null))
                .maxKeys(limit)
                .optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS)
                .encodingType(EncodingType.URL));
  }

  private static ObjectVersion version(
      software.amazon.awssdk.services.s3.model.ObjectVersion version) {
    return new ObjectVersion(
        version.key(),
        idOf(version.versionId()),
        false,
        version.size(),
        S3ObjectStore.withoutQuotes(version.eTag()),
        version.lastModified(),
        version.storageClassAsString() == null ? "STANDARD" : version.storageClassAsString(),
        S3ObjectStore.restored(version.restoreStatus()));
  }

  private static ObjectVersion deleteMarker(DeleteMarkerEntry marker) {
    return ObjectVersion.deleteMarker(
        marker.key(), idOf(marker.versionId()), marker.lastModified());
  }

  /** What was written while the bucket kept no versions has the id {@code null}, as a text. */
  private static String idOf(String versionId) {
    return versionId == null ? "null" : versionId;
  }

  /** Puts the two lists of one page together. */
  private final class Merge {
    private final String bucket;
    private final String prefix;
    private final VersionMarker start;
    private final Deque<ObjectVersion> objects = new ArrayDeque<>();
    private final Deque<ObjectVersion> deleteMarkers = new ArrayDeque<>();
    private final List<ObjectVersion> merged = new ArrayList<>();

    Merge(String bucket, String prefix, VersionMarker start, ListObjectVersionsResponse page) {
      this.bucket = bucket;
      this.prefix = prefix;
      this.start = start;
      page.versions().forEach(version -> objects.add(version(version)));
      page.deleteMarkers().forEach(marker -> deleteMarkers.add(deleteMarker(marker)));
    }

    CompletionStage<List<ObjectVersion>> merged() {
      while (!objects.isEmpty() && !deleteMarkers.isEmpty()) {
        int order = order(objects.peek(), deleteMarkers.peek());
        if (order == 0) {
          return askWhichIsNext();
        }
        merged.add((order < 0 ? objects : deleteMarkers).remove());
      }
      merged.addAll(objects);
      merged.addAll(deleteMarkers);
      return CompletableFuture.completedStage(merged);
    }

    /** The newer version of a key comes first; 0 if the times do not tell. */
    private int order(ObjectVersion object, ObjectVersion deleteMarker) {
      int keys = KeyOrder.UTF_8.compare(object.key(), deleteMarker.key());
      return keys != 0 ? keys : deleteMarker.lastModified().compareTo(object.lastModified());
    }

    private CompletionStage<List<ObjectVersion>> askWhichIsNext() {
      VersionMarker last =
          merged.isEmpty() ? start : VersionMarker.after(merged.get(merged.size() - 1));
      return fetch(bucket, prefix, last, 1)
          .thenCompose(
              next -> {
                Set<VersionMarker> answer = new HashSet<>();
                next.versions().forEach(entry -> answer.add(VersionMarker.after(version(entry))));
                next.deleteMarkers()
                    .forEach(entry -> answer.add(VersionMarker.after(deleteMarker(entry))));
                if (!answer.isEmpty()
                    && Stream.concat(objects.stream(), deleteMarkers.stream())
                        .map(VersionMarker::after)
                        .noneMatch(answer::contains)) {
                  throw changed();
                }
                // S3 names one of both, unless both were removed since. S3Mock may name a later one
                // or none; there, an object is mostly deleted after it was written.
                boolean isObject =
                    answer.contains(VersionMarker.after(objects.element()))
                        && !answer.contains(VersionMarker.after(deleteMarkers.element()));
                merged.add((isObject ? objects : deleteMarkers).remove());
                return merged();
              });
    }

    /** A guess could put a version on the wrong side of a delete marker. */
    private StoreException changed() {
      return new StoreException(
          "listing the versions of bucket " + bucket,
          new StoreError(
              "ChangedHistory",
              "the service does not say which of two versions of '%s' is the newer one"
                  .formatted(objects.element().key()),
              StoreError.Scope.TRANSIENT));
    }
  }
}
