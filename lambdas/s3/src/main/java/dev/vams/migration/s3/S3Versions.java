package dev.vams.migration.s3;

import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;

/**
 * Lists versions and delete markers together. S3 sends them in one order, but the SDK puts them
 * into two lists (<a href="https://github.com/aws/aws-sdk-cpp/issues/1649">aws-sdk-cpp 1649</a>).
 * Their keys and times tell how they belong together, except within the same second, in which many
 * copies are made: there, the order of the answer itself does.
 */
final class S3Versions {
  private static final Comparator<ObjectVersion> NEWEST_FIRST =
      Comparator.comparing(ObjectVersion::key, KeyOrder.UTF_8)
          .thenComparing(ObjectVersion::lastModified, Comparator.reverseOrder());

  private final S3AsyncClient client;

  S3Versions(S3AsyncClient client) {
    this.client = client;
  }

  /** See {@code ObjectStore.listVersions}. */
  CompletionStage<VersionPage> list(String bucket, String prefix, VersionMarker after, int limit) {
    ElementOrder order = new ElementOrder();
    return fetch(bucket, prefix, after, limit, order)
        .thenCompose(
            page -> {
              boolean last = !Boolean.TRUE.equals(page.isTruncated());
              if (!last && page.versions().isEmpty() && page.deleteMarkers().isEmpty()) {
                Optional<VersionMarker> next = next(page).filter(marker -> !marker.equals(after));
                if (next.isPresent()) {
                  return list(bucket, prefix, next.get(), limit);
                }
              }
              return CompletableFuture.completedStage(
                  new VersionPage(merged(page, order.areDeleteMarkers()), last));
            });
  }

  /** Where the service says that the listing goes on; no version of the page tells it. */
  private static Optional<VersionMarker> next(ListObjectVersionsResponse page) {
    return Optional.ofNullable(page.nextKeyMarker())
        .map(key -> new VersionMarker(key, Optional.ofNullable(page.nextVersionIdMarker())));
  }

  private CompletionStage<ListObjectVersionsResponse> fetch(
      String bucket, String prefix, VersionMarker after, int limit, ElementOrder order) {
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
                .encodingType(EncodingType.URL)
                .overrideConfiguration(configuration -> configuration.addPlugin(order)));
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

  /**
   * Puts the two lists of one page together: by keys and times, and within the same second as they
   * were sent. A server may send all of one kind first, such as S3Mock, whose times are finer.
   */
  private static List<ObjectVersion> merged(
      ListObjectVersionsResponse page, List<Boolean> areDeleteMarkers) {
    Iterator<ObjectVersion> objects = page.versions().stream().map(S3Versions::version).iterator();
    Iterator<ObjectVersion> deleteMarkers =
        page.deleteMarkers().stream().map(S3Versions::deleteMarker).iterator();
    // The sort is stable.
    return areDeleteMarkers.stream()
        .map(isDeleteMarker -> (isDeleteMarker ? deleteMarkers : objects).next())
        .sorted(NEWEST_FIRST)
        .toList();
  }
}
