package dev.vams.migration.s3;

import static java.util.stream.Collectors.toMap;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.BucketFacts.Versioning;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.CurrentVersion;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectFeatures;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectProperties;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import dev.vams.migration.core.store.VersionPage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.RestoreObjectResponse;
import software.amazon.awssdk.services.s3.model.RestoreStatus;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.model.Tier;

/** The buckets of one stack, through one asynchronous client, which the caller closes. */
public final class S3ObjectStore implements ObjectStore {

  /** The ETag of a multipart object ends in the number of its parts. */
  private static final Pattern MULTIPART_ETAG = Pattern.compile(".*-\\d+");

  private static final String GOVERNANCE = "GOVERNANCE";

  /** Never an object's key: uploads to it are aborted. */
  private static final String ACCESS_CHECK_KEY = "vams-migrate-access-check";

  /** 32 digits, as an ETag has, of no content. */
  private static final String NO_OBJECTS_ETAG = "00000000000000000000000000000000";

  private static final String NO_SUCH_KEY = "NoSuchKey";

  /** Ends after any run: S3 takes no date that has passed, and the upload is aborted at once. */
  private static final Instant LATE = Instant.parse("2099-12-31T00:00:00Z");

  static final String CONTENT_TYPE = "Content-Type";
  static final String CACHE_CONTROL = "Cache-Control";
  static final String CONTENT_DISPOSITION = "Content-Disposition";
  static final String CONTENT_ENCODING = "Content-Encoding";
  static final String CONTENT_LANGUAGE = "Content-Language";
  static final String EXPIRES = "Expires";

  private static final Map<Restore.Tier, Tier> TIERS =
      Map.of(
          Restore.Tier.EXPEDITED, Tier.EXPEDITED,
          Restore.Tier.STANDARD, Tier.STANDARD,
          Restore.Tier.BULK, Tier.BULK);

  private final S3AsyncClient client;
  private final S3Features features;
  private final S3Versions versions;

  /**
   * @param client a client of the stack's region
   */
  public S3ObjectStore(S3AsyncClient client) {
    this.client = client;
    features = new S3Features(client);
    versions = new S3Versions(client);
  }

  @Override
  public Lookup<BucketFacts> look(String bucket) {
    try {
      InFlight.await(client.headBucket(request -> request.bucket(bucket)));
      BucketVersioningStatus status =
          InFlight.await(client.getBucketVersioning(request -> request.bucket(bucket))).status();
      return new Lookup.Found<>(new BucketFacts(versioning(status), features.of(bucket)));
    } catch (SdkException e) {
      return S3Errors.lookup(e);
    }
  }

  private static Versioning versioning(BucketVersioningStatus status) {
    if (status == BucketVersioningStatus.ENABLED) {
      return Versioning.ENABLED;
    }
    return status == BucketVersioningStatus.SUSPENDED ? Versioning.SUSPENDED : Versioning.OFF;
  }

  @Override
  public CompletionStage<ObjectPage> list(String bucket, String prefix, String after, int limit) {
    // Keys may hold characters that XML cannot: the service encodes them, and the SDK decodes them.
    return client
        .listObjectsV2(
            request ->
                request
                    .bucket(bucket)
                    .prefix(prefix.isEmpty() ? null : prefix)
                    .startAfter(after.isEmpty() ? null : after)
                    .maxKeys(limit)
                    .optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS)
                    .encodingType(EncodingType.URL))
        .thenApply(
            page ->
                new ObjectPage(
                    page.contents().stream().map(S3ObjectStore::summary).toList(),
                    !Boolean.TRUE.equals(page.isTruncated())))
        .exceptionally(
            error -> {
              throw new StoreException("listing bucket " + bucket, S3Errors.describeBucket(error));
            });
  }

  @Override
  public CompletionStage<VersionPage> listVersions(
      String bucket, String prefix, VersionMarker after, int limit) {
    return versions
        .list(bucket, prefix, after, limit)
        .exceptionally(
            error -> {
              throw new StoreException(
                  "listing the versions of bucket " + bucket, S3Errors.describeBucket(error));
            });
  }

  private static ObjectSummary summary(S3Object object) {
    return new ObjectSummary(
        object.key(),
        object.size(),
        withoutQuotes(object.eTag()),
        object.lastModified(),
        object.storageClassAsString() == null ? "STANDARD" : object.storageClassAsString(),
        Optional.empty(),
        restored(object.restoreStatus()));
  }

  static Restored restored(RestoreStatus status) {
    if (status == null) {
      return Restored.NO;
    }
    return Boolean.TRUE.equals(status.isRestoreInProgress()) ? Restored.SOON : Restored.YES;
  }

  @Override
  public CompletionStage<CopyResult> copy(ObjectCopy copy) {
    boolean isOfVersion = copy.source().versionId().isPresent();
    return client
        .copyObject(
            request -> {
              request
                  .sourceBucket(copy.sourceBucket())
                  .sourceKey(copy.key())
                  .sourceVersionId(copy.source().versionId().orElse(null))
                  .copySourceIfMatch(copy.source().etag())
                  .destinationBucket(copy.targetBucket())
                  .destinationKey(copy.key())
                  .metadataDirective(MetadataDirective.COPY)
                  .taggingDirective(TaggingDirective.COPY)
                  .storageClass(copy.source().storageClass());
              copy.encryption().ifPresent(encryption -> encrypt(request, encryption));
              lock(request, copy.lock());
              behind(copy.onto(), request::ifMatch, request::ifNoneMatch);
              if (isOfVersion) {
                request.overrideConfiguration(
                    configuration -> configuration.addPlugin(RepeatOnlyWhatWasRefused.PLUGIN));
              }
            })
        .<CopyResult>thenApply(
            response ->
                new CopyResult.Copied(
                    new CurrentVersion(
                        Optional.ofNullable(response.versionId()),
                        Optional.of(withoutQuotes(response.copyObjectResult().eTag())))))
        .exceptionally(
            error ->
                refused(
                    "copying from bucket %s to %s"
                        .formatted(copy.sourceBucket(), copy.targetBucket()),
                    isOfVersion ? S3Errors.describeObject(error) : S3Errors.describeCopy(error)));
  }

  /**
   * Lets S3 write only behind this version, as far as a condition can say so (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
   * writes</a>): a delete marker is as good as no object.
   */
  static void behind(
      Optional<CurrentVersion> onto, Consumer<String> ifMatch, Consumer<String> ifNoneMatch) {
    onto.map(CurrentVersion::etag)
        .ifPresent(etag -> etag.ifPresentOrElse(ifMatch, () -> ifNoneMatch.accept("*")));
  }

  private static CopyResult refused(String doing, StoreError error) {
    if (error.scope() != StoreError.Scope.ENTRY) {
      throw new StoreException(doing, error);
    }
    return new CopyResult.Refused(error);
  }

  @Override
  public CompletionStage<CopyResult> addDeleteMarker(
      String bucket, String key, CurrentVersion onto) {
    return client
        .deleteObject(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .ifMatch(onto.etag().orElse(null))
                    .overrideConfiguration(
                        configuration -> configuration.addPlugin(RepeatOnlyWhatWasRefused.PLUGIN)))
        .<CopyResult>thenApply(
            response ->
                new CopyResult.Copied(
                    new CurrentVersion(
                        Optional.ofNullable(response.versionId()), Optional.empty())))
        .exceptionally(
            error -> refused("deleting a key of bucket " + bucket, S3Errors.describeObject(error)));
  }

  private static void encrypt(CopyObjectRequest.Builder request, Encryption encryption) {
    request
        .serverSideEncryption(S3ObjectUploads.algorithm(encryption))
        .ssekmsKeyId(encryption.keyArn().orElse(null))
        .bucketKeyEnabled(S3ObjectUploads.bucketKey(encryption));
  }

  private static void lock(CopyObjectRequest.Builder request, ObjectLock lock) {
    lock.retention()
        .ifPresent(
            retention ->
                request
                    .objectLockMode(retention.mode())
                    .objectLockRetainUntilDate(retention.until()));
    if (lock.legalHold()) {
      request.objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON);
    }
  }

  @Override
  public CompletionStage<Void> delete(String bucket, ObjectSummary object) {
    return client
        .deleteObject(request -> request.bucket(bucket).key(object.key()).ifMatch(object.etag()))
        .<Void>thenApply(deleted -> null)
        .exceptionally(
            error -> {
              StoreError described = S3Errors.describeCopy(error);
              if (described.code().equals(NO_SUCH_KEY)) {
                return null;
              }
              throw new StoreException("deleting from bucket " + bucket, described);
            });
  }

  @Override
  public CompletionStage<Void> restore(String bucket, ObjectSummary object, Restore how) {
    // S3 refuses a number of days for what has none: an object of Intelligent-Tiering stays.
    Integer days = object.isTiered() ? null : how.days();
    return requestRestore(bucket, object.key(), object.versionId(), days, how.tier())
        .<Void>thenApply(requested -> null)
        .exceptionally(
            error -> {
              if (S3Errors.isRestoreInProgress(error)) {
                return null;
              }
              throw new StoreException(
                  "restoring an object of bucket " + bucket, S3Errors.describeCopy(error));
            });
  }

  private CompletionStage<RestoreObjectResponse> requestRestore(
      String bucket, String key, Optional<String> versionId, Integer days, Restore.Tier tier) {
    return client.restoreObject(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .versionId(versionId.orElse(null))
                .restoreRequest(
                    wanted ->
                        wanted.days(days).glacierJobParameters(job -> job.tier(TIERS.get(tier)))));
  }

  @Override
  public CompletionStage<Void> tryRestore(String bucket) {
    return attempt(
        "restoring an object of bucket " + bucket,
        requestRestore(
            bucket,
            ACCESS_CHECK_KEY,
            Optional.empty(),
            Restore.DEFAULT.days(),
            Restore.DEFAULT.tier()));
  }

  @Override
  public CompletionStage<ObjectProperties> properties(
      String bucket, String key, Optional<String> versionId) {
    return head(bucket, key, versionId)
        .exceptionallyCompose(error -> explained(bucket, key, versionId, error))
        .thenCombine(tagging(bucket, key, versionId), S3ObjectStore::properties)
        .exceptionally(
            error -> {
              throw new StoreException(
                  "looking at an object of " + bucket, S3Errors.describeCopy(error));
            });
  }

  /** An answer to HEAD has no body to say what is wrong; that to GET has one. */
  private <T> CompletionStage<T> explained(
      String bucket, String key, Optional<String> versionId, Throwable error) {
    return S3Errors.isUnexplained(error) || S3Errors.isNotFound(error)
        ? readFirstByte(bucket, key, versionId)
            .thenCompose(bytes -> CompletableFuture.failedStage(error))
        : CompletableFuture.failedStage(error);
  }

  private CompletionStage<HeadObjectResponse> head(
      String bucket, String key, Optional<String> versionId) {
    return client.headObject(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .versionId(versionId.orElse(null))
                .checksumMode(ChecksumMode.ENABLED));
  }

  private CompletionStage<GetObjectTaggingResponse> tagging(
      String bucket, String key, Optional<String> versionId) {
    return client.getObjectTagging(
        request -> request.bucket(bucket).key(key).versionId(versionId.orElse(null)));
  }

  private static ObjectProperties properties(
      HeadObjectResponse head, GetObjectTaggingResponse tagging) {
    Map<String, String> headers = new HashMap<>();
    put(headers, CONTENT_TYPE, head.contentType());
    put(headers, CACHE_CONTROL, head.cacheControl());
    put(headers, CONTENT_DISPOSITION, head.contentDisposition());
    put(headers, CONTENT_ENCODING, head.contentEncoding());
    put(headers, CONTENT_LANGUAGE, head.contentLanguage());
    put(headers, EXPIRES, head.expiresString());
    return new ObjectProperties(
        headers,
        head.metadata(),
        tagging.tagSet().stream().collect(toMap(Tag::key, Tag::value)),
        S3Checksums.kind(head));
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  @Override
  public CompletionStage<ObjectFeatures> features(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> wanted) {
    return features.of(bucket, key, versionId, wanted);
  }

  @Override
  public CompletionStage<Void> tryReadFeatures(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> wanted) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (CompletionStage<?> call : features.read(bucket, key, versionId, wanted)) {
      all =
          all.thenCombine(
              attempt("reading an object's access and lock of bucket " + bucket, call),
              (none, read) -> null);
    }
    return all;
  }

  @Override
  public CompletionStage<Optional<ObjectFingerprint>> fingerprint(
      String bucket, String key, Optional<String> versionId) {
    return head(bucket, key, versionId)
        .thenApply(S3ObjectStore::fingerprint)
        .thenApply(Optional::of)
        .exceptionallyCompose(error -> withoutFingerprint(bucket, key, versionId, error));
  }

  /**
   * An answer to HEAD has no body, so a bad request does not say what is bad: the credentials, or
   * this object's own encryption. An answer to GET does.
   */
  private CompletionStage<Optional<ObjectFingerprint>> withoutFingerprint(
      String bucket, String key, Optional<String> versionId, Throwable error) {
    if (S3Errors.isNotFound(error)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    if (S3Errors.isBadRequest(error)) {
      return readFirstByte(bucket, key, versionId)
          .handle(
              (bytes, reason) -> {
                throw lookFailure(bucket, reason == null ? error : reason);
              });
    }
    return CompletableFuture.failedStage(lookFailure(bucket, error));
  }

  private static StoreException lookFailure(String bucket, Throwable error) {
    return new StoreException("looking at an object of " + bucket, S3Errors.describeLook(error));
  }

  @Override
  public CompletionStage<Void> tryRead(String bucket, String key, Optional<String> versionId) {
    return attempt("reading an object of bucket " + bucket, readFirstByte(bucket, key, versionId));
  }

  private CompletionStage<?> readFirstByte(String bucket, String key, Optional<String> versionId) {
    return client.getObject(
        request ->
            request.bucket(bucket).key(key).versionId(versionId.orElse(null)).range("bytes=0-0"),
        AsyncResponseTransformer.toBytes());
  }

  @Override
  public CompletionStage<Void> tryReadTags(String bucket, String key, Optional<String> versionId) {
    return attempt("reading an object's tags of bucket " + bucket, tagging(bucket, key, versionId));
  }

  /** Fails only where other objects would fail too. */
  private static CompletionStage<Void> attempt(String doing, CompletionStage<?> call) {
    return call.<Void>thenApply(answer -> null)
        .exceptionally(
            error -> {
              StoreError described = S3Errors.describeLook(error);
              if (described.scope() == StoreError.Scope.ENTRY) {
                return null;
              }
              throw new StoreException(doing, described);
            });
  }

  /**
   * Whether a caller is allowed is decided before the condition is (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html">Conditional
   * deletes</a>), and a deletion that does not meet it leaves no delete marker.
   */
  @Override
  public CompletionStage<Void> tryDelete(String bucket) {
    return attempt(
        "deleting from bucket " + bucket,
        client.deleteObject(
            request -> request.bucket(bucket).key(ACCESS_CHECK_KEY).ifMatch(NO_OBJECTS_ETAG)));
  }

  @Override
  public CompletionStage<Void> tryWrite(
      String bucket, Optional<Encryption> encryption, boolean isLocked) {
    return client
        .createMultipartUpload(
            request -> {
              request.bucket(bucket).key(ACCESS_CHECK_KEY).tagging("purpose=access-check");
              encryption.ifPresent(wanted -> S3ObjectUploads.encrypt(request, wanted));
              if (isLocked) {
                S3ObjectUploads.lock(
                    request,
                    new ObjectLock(Optional.of(new ObjectLock.Retention(GOVERNANCE, LATE)), true));
              }
            })
        .exceptionally(
            error -> {
              throw new StoreException(
                  "beginning an upload to bucket " + bucket, S3Errors.describeBucket(error));
            })
        .thenCompose(upload -> listAndAbort(bucket, upload.uploadId()));
  }

  private CompletionStage<Void> listAndAbort(String bucket, String uploadId) {
    return client
        .listParts(request -> request.bucket(bucket).key(ACCESS_CHECK_KEY).uploadId(uploadId))
        .handle(
            (parts, error) ->
                abort(bucket, uploadId)
                    .thenAccept(
                        aborted -> {
                          if (error != null) {
                            throw new StoreException(
                                "listing the parts of an upload to bucket " + bucket,
                                S3Errors.describeBucket(error));
                          }
                        }))
        .thenCompose(Function.identity());
  }

  private CompletionStage<Void> abort(String bucket, String uploadId) {
    return client
        .abortMultipartUpload(
            request -> request.bucket(bucket).key(ACCESS_CHECK_KEY).uploadId(uploadId))
        .<Void>thenApply(aborted -> null)
        .exceptionally(
            error -> {
              throw new StoreException(
                  "aborting the upload %s of %s to bucket %s, which has no parts and stays"
                      .formatted(uploadId, ACCESS_CHECK_KEY, bucket),
                  S3Errors.describeBucket(error));
            });
  }

  private static ObjectFingerprint fingerprint(HeadObjectResponse head) {
    String etag = withoutQuotes(head.eTag());
    boolean isEncryptedByKey =
        head.sseCustomerAlgorithm() != null
            || head.serverSideEncryption() == ServerSideEncryption.AWS_KMS
            || head.serverSideEncryption() == ServerSideEncryption.AWS_KMS_DSSE;
    return new ObjectFingerprint(
        head.contentLength(),
        etag,
        !isEncryptedByKey && !MULTIPART_ETAG.matcher(etag).matches(),
        S3Checksums.ofWhole(head));
  }

  static String withoutQuotes(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
