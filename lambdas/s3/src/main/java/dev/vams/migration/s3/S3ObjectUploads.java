package dev.vams.migration.s3;

import dev.vams.migration.core.store.CopiedPart;
import dev.vams.migration.core.store.CurrentVersion;
import dev.vams.migration.core.store.Encryption;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.ObjectPart;
import dev.vams.migration.core.store.ObjectProperties;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Uploads in parts, through one asynchronous client, which the caller closes. */
public final class S3ObjectUploads implements ObjectUploads {

  private final S3AsyncClient client;

  /**
   * @param client a client of the stack's region
   */
  public S3ObjectUploads(S3AsyncClient client) {
    this.client = client;
  }

  @Override
  public CompletionStage<String> begin(ObjectCopy copy, ObjectProperties properties) {
    return client
        .createMultipartUpload(
            request -> {
              request
                  .bucket(copy.targetBucket())
                  .key(copy.key())
                  .metadata(properties.userMetadata())
                  .storageClass(copy.source().storageClass());
              putHeaders(properties.headers(), request);
              if (!properties.tags().isEmpty()) {
                request.tagging(tagging(properties.tags()));
              }
              properties
                  .checksum()
                  .ifPresent(
                      checksum ->
                          request
                              .checksumAlgorithm(checksum.algorithm())
                              .checksumType(S3Checksums.type(checksum)));
              copy.encryption().ifPresent(encryption -> encrypt(request, encryption));
              lock(request, copy.lock());
            })
        .thenApply(CreateMultipartUploadResponse::uploadId)
        .exceptionally(failing("beginning an upload to bucket " + copy.targetBucket()));
  }

  private static void putHeaders(
      Map<String, String> headers, CreateMultipartUploadRequest.Builder request) {
    request
        .contentType(headers.get(S3ObjectStore.CONTENT_TYPE))
        .cacheControl(headers.get(S3ObjectStore.CACHE_CONTROL))
        .contentDisposition(headers.get(S3ObjectStore.CONTENT_DISPOSITION))
        .contentEncoding(headers.get(S3ObjectStore.CONTENT_ENCODING))
        .contentLanguage(headers.get(S3ObjectStore.CONTENT_LANGUAGE));
    // Any text may be in this header, but the SDK's field takes only a date.
    Optional.ofNullable(headers.get(S3ObjectStore.EXPIRES))
        .ifPresent(
            expires ->
                request.overrideConfiguration(
                    configuration -> configuration.putHeader(S3ObjectStore.EXPIRES, expires)));
  }

  private static Tagging tagging(Map<String, String> tags) {
    List<Tag> set =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return Tagging.builder().tagSet(set).build();
  }

  static void encrypt(CreateMultipartUploadRequest.Builder request, Encryption encryption) {
    request
        .serverSideEncryption(algorithm(encryption))
        .ssekmsKeyId(encryption.keyArn().orElse(null))
        .bucketKeyEnabled(bucketKey(encryption));
  }

  static ServerSideEncryption algorithm(Encryption encryption) {
    return switch (encryption.type()) {
      case SSE_S3 -> ServerSideEncryption.AES256;
      case SSE_KMS -> ServerSideEncryption.AWS_KMS;
      case DSSE_KMS -> ServerSideEncryption.AWS_KMS_DSSE;
    };
  }

  /** Said only where there is a choice. */
  static Boolean bucketKey(Encryption encryption) {
    return encryption.type() == Encryption.Type.SSE_KMS ? encryption.bucketKey() : null;
  }

  static void lock(CreateMultipartUploadRequest.Builder request, ObjectLock lock) {
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
  public CompletionStage<CopiedPart> copyPart(ObjectCopy copy, String uploadId, ObjectPart part) {
    return client
        .uploadPartCopy(
            request ->
                request
                    .sourceBucket(copy.sourceBucket())
                    .sourceKey(copy.key())
                    .sourceVersionId(copy.source().versionId().orElse(null))
                    .copySourceIfMatch(copy.source().etag())
                    .copySourceRange("bytes=%s-%s".formatted(part.first(), part.last()))
                    .destinationBucket(copy.targetBucket())
                    .destinationKey(copy.key())
                    .uploadId(uploadId)
                    .partNumber(part.number()))
        .thenApply(
            answer ->
                new CopiedPart(
                    part.number(),
                    part.size(),
                    S3ObjectStore.withoutQuotes(answer.copyPartResult().eTag()),
                    S3Checksums.of(answer.copyPartResult())))
        .exceptionally(
            failing(
                "copying a part from bucket %s to %s"
                    .formatted(copy.sourceBucket(), copy.targetBucket())));
  }

  @Override
  public CompletionStage<Optional<List<CopiedPart>>> parts(
      String bucket, String key, String uploadId) {
    return parts(bucket, key, uploadId, 0, new ArrayList<>())
        .thenApply(Optional::of)
        .exceptionallyCompose(
            error ->
                S3Errors.isNoSuchUpload(error)
                    ? CompletableFuture.completedStage(Optional.empty())
                    : CompletableFuture.failedStage(error))
        .exceptionally(failing("listing the parts of an upload to bucket " + bucket));
  }

  /** Pages of 1,000, one after the other, of which there are ten at most. */
  private CompletionStage<List<CopiedPart>> parts(
      String bucket, String key, String uploadId, int after, List<CopiedPart> found) {
    return client
        .listParts(
            request -> request.bucket(bucket).key(key).uploadId(uploadId).partNumberMarker(after))
        .thenCompose(
            page -> {
              page.parts().stream()
                  .map(
                      part ->
                          new CopiedPart(
                              part.partNumber(),
                              part.size(),
                              S3ObjectStore.withoutQuotes(part.eTag()),
                              S3Checksums.of(part)))
                  .forEach(found::add);
              return hasNext(page)
                  ? parts(bucket, key, uploadId, found.get(found.size() - 1).number(), found)
                  : CompletableFuture.completedStage(found);
            });
  }

  private static boolean hasNext(ListPartsResponse page) {
    return Boolean.TRUE.equals(page.isTruncated()) && !page.parts().isEmpty();
  }

  @Override
  public CompletionStage<CurrentVersion> complete(
      ObjectCopy copy, String uploadId, List<CopiedPart> parts) {
    List<CompletedPart> completed =
        parts.stream()
            .map(
                part -> {
                  CompletedPart.Builder builder =
                      CompletedPart.builder().partNumber(part.number()).eTag(part.etag());
                  S3Checksums.put(part.checksums(), builder);
                  return builder.build();
                })
            .toList();
    return client
        .completeMultipartUpload(
            request -> {
              request
                  .bucket(copy.targetBucket())
                  .key(copy.key())
                  .uploadId(uploadId)
                  .multipartUpload(upload -> upload.parts(completed));
              S3ObjectStore.behind(copy.onto(), request::ifMatch, request::ifNoneMatch);
            })
        .thenApply(
            answer ->
                new CurrentVersion(
                    Optional.ofNullable(answer.versionId()),
                    Optional.of(S3ObjectStore.withoutQuotes(answer.eTag()))))
        .exceptionally(failing("completing an upload to bucket " + copy.targetBucket()));
  }

  @Override
  public CompletionStage<Void> abort(String bucket, String key, String uploadId) {
    return client
        .abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId))
        .<Void>thenApply(answer -> null)
        .exceptionallyCompose(
            error ->
                S3Errors.isNoSuchUpload(error)
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(error))
        .exceptionally(failing("aborting an upload to bucket " + bucket));
  }

  private static <T> Function<Throwable, T> failing(String doing) {
    return error -> {
      throw new StoreException(doing, S3Errors.describeCopy(error));
    };
  }
}
