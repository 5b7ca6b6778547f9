package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Whether two objects have the same content, as far as the service can say without sending it. */
public enum SameContent {
  /** Equal sizes, and an equal ETag or checksum. */
  YES,
  /** Different sizes, or comparable figures that differ. */
  NO,
  /**
   * Equal sizes, and no figures that can be compared: ETags of multipart or SSE-KMS objects are not
   * checksums, so unequal ones prove nothing (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html">Object, ETag</a>).
   */
  UNKNOWN;

  /**
   * Compares by the listings alone where that decides, and asks for fingerprints where it does not.
   */
  public static CompletionStage<SameContent> compare(
      ObjectStore sourceStore,
      String sourceBucket,
      ObjectSummary source,
      ObjectStore targetStore,
      String targetBucket,
      ObjectSummary target) {
    return compare(
        source,
        object -> sourceStore.fingerprint(sourceBucket, object.key(), object.versionId()),
        target,
        object -> targetStore.fingerprint(targetBucket, object.key(), object.versionId()));
  }

  /** The same, asking by these functions. */
  static CompletionStage<SameContent> compare(
      ObjectSummary source,
      Function<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> askSource,
      ObjectSummary target,
      Function<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> askTarget) {
    if (source.size() != target.size()) {
      return CompletableFuture.completedStage(NO);
    }
    if (source.etag().equals(target.etag())) {
      return CompletableFuture.completedStage(YES);
    }
    return askSource
        .apply(source)
        .thenCombine(askTarget.apply(target), SameContent::compare)
        .exceptionally(SameContent::unknownIfOnlyThisObject);
  }

  /** An object that may not be looked at says nothing of the others. */
  private static SameContent unknownIfOnlyThisObject(Throwable thrown) {
    Throwable error = InFlight.cause(thrown);
    if (error instanceof StoreException store && store.error().scope() == StoreError.Scope.ENTRY) {
      return UNKNOWN;
    }
    throw new CompletionException(error);
  }

  private static SameContent compare(
      Optional<ObjectFingerprint> source, Optional<ObjectFingerprint> target) {
    if (source.isEmpty() || target.isEmpty()) {
      return NO;
    }
    return compare(source.get(), target.get());
  }

  /** Compares two fingerprints: sizes, then checksums of the same algorithm, then ETags. */
  static SameContent compare(ObjectFingerprint source, ObjectFingerprint target) {
    if (source.size() != target.size()) {
      return NO;
    }
    for (var checksum : source.checksums().entrySet()) {
      String other = target.checksums().get(checksum.getKey());
      if (other != null) {
        return other.equals(checksum.getValue()) ? YES : NO;
      }
    }
    if (source.etag().equals(target.etag())) {
      return YES;
    }
    return source.etagIsMd5() && target.etagIsMd5() ? NO : UNKNOWN;
  }
}
