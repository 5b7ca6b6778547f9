package dev.vams.migration.checks;

import static java.util.stream.Collectors.toMap;

import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectStoreContract.Content;
import dev.vams.migration.core.store.ObjectStoreContract.Fixture;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.s3.S3ObjectStore;
import dev.vams.migration.s3.S3ObjectUploads;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.Tag;

/** Prepares buckets of a server that speaks S3, and looks at what is in them. */
record S3Fixture(S3AsyncClient client, ObjectStore store, ObjectUploads uploads)
    implements Fixture {

  S3Fixture(S3AsyncClient client) {
    this(client, new S3ObjectStore(client), new S3ObjectUploads(client));
  }

  @Override
  public String newBucket() {
    String bucket = "bucket-" + UUID.randomUUID();
    client.createBucket(request -> request.bucket(bucket)).join();
    return bucket;
  }

  @Override
  public void enableVersioning(String bucket) {
    client
        .putBucketVersioning(
            request ->
                request
                    .bucket(bucket)
                    .versioningConfiguration(
                        versioning -> versioning.status(BucketVersioningStatus.ENABLED)))
        .join();
  }

  @Override
  public String newLockingBucket() {
    String bucket = "locking-" + UUID.randomUUID();
    client.createBucket(request -> request.bucket(bucket).objectLockEnabledForBucket(true)).join();
    return bucket;
  }

  @Override
  public void lock(String bucket, String key, ObjectLock lock) {
    lock.retention()
        .ifPresent(
            kept ->
                client
                    .putObjectRetention(
                        request ->
                            request
                                .bucket(bucket)
                                .key(key)
                                .retention(
                                    retention ->
                                        retention.mode(kept.mode()).retainUntilDate(kept.until())))
                    .join());
    if (lock.legalHold()) {
      client
          .putObjectLegalHold(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON)))
          .join();
    }
  }

  @Override
  public void publish(String bucket, String key) {
    client
        .putObjectAcl(request -> request.bucket(bucket).key(key).acl(ObjectCannedACL.PUBLIC_READ))
        .join();
  }

  @Override
  public void put(String bucket, String key, Content content) {
    client
        .putObject(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .metadata(content.userMetadata())
                    .storageClass(content.storageClass())
                    .overrideConfiguration(
                        configuration -> content.headers().forEach(configuration::putHeader)),
            AsyncRequestBody.fromString(content.text()))
        .join();
    if (!content.tags().isEmpty()) {
      // S3Mock keeps tags of a request's header in their encoded form, so they are put separately.
      client
          .putObjectTagging(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .tagging(
                          tagging ->
                              tagging.tagSet(
                                  content.tags().entrySet().stream()
                                      .map(
                                          tag ->
                                              Tag.builder()
                                                  .key(tag.getKey())
                                                  .value(tag.getValue())
                                                  .build())
                                      .toList())))
          .join();
    }
  }

  @Override
  public Content read(String bucket, String key) {
    ResponseBytes<GetObjectResponse> object =
        client
            .getObject(
                request -> request.bucket(bucket).key(key), AsyncResponseTransformer.toBytes())
            .join();
    GetObjectResponse head = object.response();
    return new Content(
        object.asUtf8String(),
        headers(head),
        head.metadata(),
        client.getObjectTagging(request -> request.bucket(bucket).key(key)).join().tagSet().stream()
            .collect(toMap(Tag::key, Tag::value)),
        head.storageClassAsString() == null ? "STANDARD" : head.storageClassAsString());
  }

  private static Map<String, String> headers(GetObjectResponse head) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", head.contentType());
    headers.put("Cache-Control", head.cacheControl());
    headers.put("Content-Disposition", head.contentDisposition());
    headers.put("Content-Encoding", head.contentEncoding());
    headers.put("Content-Language", head.contentLanguage());
    headers.put("Expires", head.expiresString());
    headers.values().removeIf(Objects::isNull);
    return headers;
  }
}
