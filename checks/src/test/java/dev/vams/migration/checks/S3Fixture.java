package dev.vams.migration.checks;

import static java.util.stream.Collectors.toMap;

import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectStoreContract.Content;
import dev.vams.migration.core.store.ObjectStoreContract.Fixture;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** Prepares buckets of a server that speaks S3, and looks at what is in them. */
record S3Fixture(S3AsyncClient client, ObjectStore store) implements Fixture {

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
  public void put(String bucket, String key, Content content) {
    client
        .putObject(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .contentType(content.contentType())
                    .cacheControl(content.cacheControl().isEmpty() ? null : content.cacheControl())
                    .metadata(content.userMetadata())
                    .storageClass(content.storageClass()),
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
        head.contentType(),
        head.cacheControl() == null ? "" : head.cacheControl(),
        head.metadata(),
        client.getObjectTagging(request -> request.bucket(bucket).key(key)).join().tagSet().stream()
            .collect(toMap(Tag::key, Tag::value)),
        head.storageClassAsString() == null ? "STANDARD" : head.storageClassAsString());
  }
}
