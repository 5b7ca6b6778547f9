package dev.vams.migration.s3;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.WorkStore;
import dev.vams.migration.core.store.WorkStoreException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The work bucket, through one asynchronous client, which the caller closes. A file that is being
 * written is held in memory until it is closed; those of a run have a few MiB at most.
 */
public final class S3WorkStore implements WorkStore {
  private final S3AsyncClient client;
  private final String bucket;

  /**
   * @param client a client of the work bucket's region
   */
  public S3WorkStore(S3AsyncClient client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public void put(String key, byte[] content) {
    attempt(
        "write",
        key,
        () ->
            InFlight.await(
                client.putObject(
                    request -> request.bucket(bucket).key(key),
                    AsyncRequestBody.fromBytes(content))));
  }

  @Override
  public Optional<byte[]> get(String key) {
    return attempt(
        "read",
        key,
        () -> {
          try {
            return Optional.of(
                InFlight.await(
                        client.getObject(
                            request -> request.bucket(bucket).key(key),
                            AsyncResponseTransformer.toBytes()))
                    .asByteArray());
          } catch (SdkException e) {
            if (e instanceof NoSuchKeyException) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public InputStream open(String key) {
    return attempt(
        "read",
        key,
        () ->
            InFlight.await(
                client.getObject(
                    request -> request.bucket(bucket).key(key),
                    AsyncResponseTransformer.toBlockingInputStream())));
  }

  @Override
  public OutputStream create(String key) {
    return new ByteArrayOutputStream() {
      private boolean closed;

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          put(key, toByteArray());
        }
      }
    };
  }

  @Override
  public List<String> list(String prefix) {
    return attempt(
        "list",
        prefix,
        () -> {
          List<String> keys = new ArrayList<>();
          String token = null;
          do {
            String continuation = token;
            ListObjectsV2Response page =
                InFlight.await(
                    client.listObjectsV2(
                        request ->
                            request.bucket(bucket).prefix(prefix).continuationToken(continuation)));
            page.contents().stream().map(S3Object::key).forEach(keys::add);
            token = page.nextContinuationToken();
          } while (token != null);
          return keys;
        });
  }

  @Override
  public String location(String key) {
    return "s3://" + bucket + "/" + key;
  }

  private <T> T attempt(String what, String key, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      StoreError error = S3Errors.describeObject(e);
      if (error.scope() == StoreError.Scope.TRANSIENT) {
        throw new StoreException("to %s %s".formatted(what, location(key)), error);
      }
      throw new WorkStoreException(
          "Cannot %s %s: %s. Check that the bucket exists and that its use is allowed."
              .formatted(what, location(key), error.line()),
          e);
    }
  }
}
