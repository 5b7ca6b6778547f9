package dev.vams.migration.s3;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.BucketFacts;
import dev.vams.migration.core.store.BucketFacts.Versioning;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectPage;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** The buckets of one stack, through one asynchronous client, which the caller closes. */
public final class S3ObjectStore implements ObjectStore {

  /** The ETag of a multipart object ends in the number of its parts. */
  private static final Pattern MULTIPART_ETAG = Pattern.compile(".*-\\d+");

  /** A checksum of checksums ends in the number of parts and depends on them. */
  private static final Pattern COMPOSITE_CHECKSUM = Pattern.compile(".*-\\d+");

  /** Never an object's key: uploads to it are aborted. */
  private static final String ACCESS_CHECK_KEY = "vams-migrate-access-check";

  private final S3AsyncClient client;

  /**
   * @param client a client of the stack's region
   */
  public S3ObjectStore(S3AsyncClient client) {
    this.client = client;
  }

  @Override
  public Lookup<BucketFacts> look(String bucket) {
    try {
      InFlight.await(client.headBucket(request -> request.bucket(bucket)));
      BucketVersioningStatus status =
          InFlight.await(client.getBucketVersioning(request -> request.bucket(bucket))).status();
      return new Lookup.Found<>(new BucketFacts(versioning(status)));
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
                    .encodingType(EncodingType.URL))
        .thenApply(
            page ->
                new ObjectPage(
                    page.contents().stream().map(S3ObjectStore::summary).toList(),
                    !Boolean.TRUE.equals(page.isTruncated())))
        .exceptionally(
            error -> {
              throw new StoreException("listing bucket " + bucket, S3Errors.describe(error));
            });
  }

  private static ObjectSummary summary(S3Object object) {
    return new ObjectSummary(
        object.key(),
        object.size(),
        withoutQuotes(object.eTag()),
        object.lastModified(),
        object.storageClassAsString() == null ? "STANDARD" : object.storageClassAsString());
  }

  @Override
  public CompletionStage<CopyResult> copy(ObjectCopy copy) {
    return client
        .copyObject(
            request ->
                request
                    .sourceBucket(copy.sourceBucket())
                    .sourceKey(copy.source().key())
                    .copySourceIfMatch(copy.source().etag())
                    .destinationBucket(copy.targetBucket())
                    .destinationKey(copy.source().key())
                    .metadataDirective(MetadataDirective.COPY)
                    .taggingDirective(TaggingDirective.COPY)
                    .storageClass(copy.source().storageClass()))
        .<CopyResult>thenApply(response -> new CopyResult.Copied())
        .exceptionally(
            error -> {
              StoreError described = S3Errors.describeCopy(error);
              if (described.scope() != StoreError.Scope.ENTRY) {
                throw new StoreException(
                    "copying from bucket %s to %s"
                        .formatted(copy.sourceBucket(), copy.targetBucket()),
                    described);
              }
              return new CopyResult.Refused(described);
            });
  }

  @Override
  public CompletionStage<Optional<ObjectFingerprint>> fingerprint(String bucket, String key) {
    return client
        .headObject(request -> request.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED))
        .thenApply(S3ObjectStore::fingerprint)
        .thenApply(Optional::of)
        .exceptionallyCompose(error -> withoutFingerprint(bucket, key, error));
  }

  /**
   * An answer to HEAD has no body, so a bad request does not say what is bad: the credentials, or
   * this object's own encryption. An answer to GET does.
   */
  private CompletionStage<Optional<ObjectFingerprint>> withoutFingerprint(
      String bucket, String key, Throwable error) {
    if (S3Errors.isNotFound(error)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    if (S3Errors.isBadRequest(error)) {
      return readFirstByte(bucket, key)
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
  public CompletionStage<Void> tryRead(String bucket, String key) {
    return attempt("reading an object of bucket " + bucket, readFirstByte(bucket, key));
  }

  private CompletionStage<?> readFirstByte(String bucket, String key) {
    return client.getObject(
        request -> request.bucket(bucket).key(key).range("bytes=0-0"),
        AsyncResponseTransformer.toBytes());
  }

  @Override
  public CompletionStage<Void> tryReadTags(String bucket, String key) {
    return attempt(
        "reading an object's tags of bucket " + bucket,
        client.getObjectTagging(request -> request.bucket(bucket).key(key)));
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

  @Override
  public CompletionStage<Void> tryWrite(String bucket) {
    return client
        .createMultipartUpload(
            request -> request.bucket(bucket).key(ACCESS_CHECK_KEY).tagging("purpose=access-check"))
        .exceptionally(
            error -> {
              throw new StoreException(
                  "beginning an upload to bucket " + bucket, S3Errors.describe(error));
            })
        .thenCompose(upload -> abort(bucket, upload.uploadId()));
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
                  S3Errors.describe(error));
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
        head.checksumType() == ChecksumType.COMPOSITE ? Map.of() : checksums(head));
  }

  private static Map<String, String> checksums(HeadObjectResponse head) {
    Map<String, String> checksums = new HashMap<>();
    put(checksums, "CRC32", head.checksumCRC32());
    put(checksums, "CRC32C", head.checksumCRC32C());
    put(checksums, "CRC64NVME", head.checksumCRC64NVME());
    put(checksums, "SHA1", head.checksumSHA1());
    put(checksums, "SHA256", head.checksumSHA256());
    return checksums;
  }

  private static void put(Map<String, String> checksums, String algorithm, String value) {
    if (value != null && !COMPOSITE_CHECKSUM.matcher(value).matches()) {
      checksums.put(algorithm, value);
    }
  }

  private static String withoutQuotes(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
