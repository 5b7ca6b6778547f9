package dev.vams.migration.s3;

import static dev.vams.migration.core.store.BucketFeature.ACLS;
import static dev.vams.migration.core.store.BucketFeature.OBJECT_LOCK;
import static dev.vams.migration.core.store.BucketFeature.WEBSITE;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.ObjectFeatures;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Grantee;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.Permission;

/** What buckets have switched on besides versioning, and what their objects have of it. */
final class S3Features {
  private final S3AsyncClient client;

  S3Features(S3AsyncClient client) {
    this.client = client;
  }

  /**
   * What a bucket has switched on.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when it may not be asked
   */
  Set<BucketFeature> of(String bucket) {
    CompletionStage<Boolean> acls = hasAcls(bucket);
    CompletionStage<Boolean> lock = hasObjectLock(bucket);
    CompletionStage<Boolean> website = isWebsite(bucket);
    Set<BucketFeature> features = EnumSet.noneOf(BucketFeature.class);
    if (InFlight.await(acls)) {
      features.add(ACLS);
    }
    if (InFlight.await(lock)) {
      features.add(OBJECT_LOCK);
    }
    if (InFlight.await(website)) {
      features.add(WEBSITE);
    }
    return features;
  }

  /** A bucket without ownership controls is an old one, whose objects belong to their writers. */
  private CompletionStage<Boolean> hasAcls(String bucket) {
    return client
        .getBucketOwnershipControls(request -> request.bucket(bucket))
        .thenApply(answer -> !isOwnerEnforced(answer.ownershipControls()))
        .exceptionallyCompose(error -> answerTo(error, S3Errors::isNotFound));
  }

  private static boolean isOwnerEnforced(OwnershipControls controls) {
    return controls != null
        && controls.rules().stream()
            .anyMatch(rule -> rule.objectOwnership() == ObjectOwnership.BUCKET_OWNER_ENFORCED);
  }

  private CompletionStage<Boolean> hasObjectLock(String bucket) {
    return client
        .getObjectLockConfiguration(request -> request.bucket(bucket))
        .thenApply(
            answer ->
                answer.objectLockConfiguration() != null
                    && answer.objectLockConfiguration().objectLockEnabled()
                        == ObjectLockEnabled.ENABLED)
        .exceptionallyCompose(error -> answerTo(error, any -> false));
  }

  private CompletionStage<Boolean> isWebsite(String bucket) {
    return client
        .getBucketWebsite(request -> request.bucket(bucket))
        .thenApply(S3Features::hasConfiguration)
        .exceptionallyCompose(error -> answerTo(error, any -> false));
  }

  /** A website has one or the other. */
  private static boolean hasConfiguration(GetBucketWebsiteResponse website) {
    return website.indexDocument() != null || website.redirectAllRequestsTo() != null;
  }

  /**
   * That a bucket has no configuration, or that its service knows none, is an answer.
   *
   * @param isOn whether the answer means that the feature is on
   */
  private static CompletionStage<Boolean> answerTo(Throwable error, Predicate<Throwable> isOn) {
    return S3Errors.isNotConfigured(error)
        ? CompletableFuture.completedStage(isOn.test(error))
        : CompletableFuture.failedStage(error);
  }

  /** What an object has of these features; see {@code ObjectStore.features}. */
  CompletionStage<ObjectFeatures> of(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> features) {
    List<String> unreadable = new ArrayList<>();
    CompletionStage<ObjectLock> lock =
        features.contains(OBJECT_LOCK)
            ? readable(
                lock(bucket, key, versionId), OBJECT_LOCK, bucket, unreadable, ObjectLock.NONE)
            : CompletableFuture.completedStage(ObjectLock.NONE);
    CompletionStage<List<String>> grants =
        features.contains(ACLS)
            ? readable(grants(bucket, key, versionId), ACLS, bucket, unreadable, List.of())
            : CompletableFuture.completedStage(List.of());
    CompletionStage<List<String>> redirect =
        features.contains(WEBSITE)
            ? readable(redirect(bucket, key, versionId), WEBSITE, bucket, unreadable, List.of())
            : CompletableFuture.completedStage(List.of());
    return lock.thenCombine(
        grants.thenCombine(
            redirect,
            (some, others) -> {
              List<String> uncarried = new ArrayList<>(some);
              uncarried.addAll(others);
              return uncarried;
            }),
        (known, uncarried) -> {
          synchronized (unreadable) {
            uncarried.addAll(unreadable);
          }
          return new ObjectFeatures(known, uncarried);
        });
  }

  /** Reads the same, and fails where it is not allowed. */
  List<CompletionStage<?>> read(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> features) {
    List<CompletionStage<?>> calls = new ArrayList<>();
    if (features.contains(OBJECT_LOCK)) {
      calls.add(lock(bucket, key, versionId));
    }
    if (features.contains(ACLS)) {
      calls.add(grants(bucket, key, versionId));
    }
    if (features.contains(WEBSITE)) {
      calls.add(redirect(bucket, key, versionId));
    }
    return calls;
  }

  /** What may not be read of this object is remembered in words instead. */
  private static <T> CompletionStage<T> readable(
      CompletionStage<T> call,
      BucketFeature feature,
      String bucket,
      List<String> unreadable,
      T nothing) {
    return call.exceptionally(
        error -> {
          StoreError described = S3Errors.describeObject(error);
          if (described.scope() != StoreError.Scope.ENTRY) {
            throw new StoreException("looking at an object of " + bucket, described);
          }
          synchronized (unreadable) {
            unreadable.add(
                "%s, which could not be read (%s)".formatted(feature.words(), described.line()));
          }
          return nothing;
        });
  }

  private CompletionStage<ObjectLock> lock(String bucket, String key, Optional<String> versionId) {
    CompletionStage<Optional<ObjectLock.Retention>> retention =
        client
            .getObjectRetention(
                request -> request.bucket(bucket).key(key).versionId(versionId.orElse(null)))
            .thenApply(
                answer ->
                    Optional.ofNullable(answer.retention())
                        .filter(kept -> kept.retainUntilDate() != null)
                        .map(
                            kept ->
                                new ObjectLock.Retention(
                                    kept.modeAsString(), kept.retainUntilDate())))
            .exceptionallyCompose(error -> unlessNotLocked(error, Optional.empty()));
    CompletionStage<Boolean> legalHold =
        client
            .getObjectLegalHold(
                request -> request.bucket(bucket).key(key).versionId(versionId.orElse(null)))
            .thenApply(
                answer ->
                    answer.legalHold() != null
                        && answer.legalHold().status() == ObjectLockLegalHoldStatus.ON)
            .exceptionallyCompose(error -> unlessNotLocked(error, false));
    return retention.thenCombine(legalHold, ObjectLock::new);
  }

  private static <T> CompletionStage<T> unlessNotLocked(Throwable error, T nothing) {
    return S3Errors.isNotLocked(error)
        ? CompletableFuture.completedStage(nothing)
        : CompletableFuture.failedStage(error);
  }

  private CompletionStage<List<String>> grants(
      String bucket, String key, Optional<String> versionId) {
    return client
        .getObjectAcl(request -> request.bucket(bucket).key(key).versionId(versionId.orElse(null)))
        .thenApply(S3Features::grantsBesidesTheOwners);
  }

  private static List<String> grantsBesidesTheOwners(GetObjectAclResponse acl) {
    String owner = acl.owner() == null ? "" : acl.owner().id();
    String grants =
        acl.grants().stream()
            .filter(
                grant ->
                    grant.permission() != Permission.FULL_CONTROL
                        || !owner.equals(grant.grantee().id()))
            .map(S3Features::describe)
            .collect(Collectors.joining(", "));
    return grants.isEmpty() ? List.of() : List.of("ACL: " + grants);
  }

  private static String describe(Grant grant) {
    Grantee grantee = grant.grantee();
    String name =
        Optional.ofNullable(grantee.uri())
            .or(() -> Optional.ofNullable(grantee.emailAddress()))
            .orElse(grantee.id());
    return grant.permissionAsString() + " to " + name;
  }

  private CompletionStage<List<String>> redirect(
      String bucket, String key, Optional<String> versionId) {
    return client
        .headObject(request -> request.bucket(bucket).key(key).versionId(versionId.orElse(null)))
        .thenApply(
            head ->
                Optional.ofNullable(head.websiteRedirectLocation())
                    .map(location -> "website redirect to " + location)
                    .stream()
                    .toList());
  }
}
