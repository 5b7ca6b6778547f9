import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What {@code bench/s3.sh} needs besides the tools that it compares. Takes the server from {@code
 * AWS_ENDPOINT_URL_S3}.
 *
 * <pre>
 * seed BUCKET OBJECTS BYTES       makes a bucket and fills it
 * empty BUCKET                    makes a bucket, or empties it
 * copy FROM TO IN_FLIGHT          nothing but CopyObject, as fast as the server answers; prints the seconds of that
 * count BUCKET                    prints the number of objects
 * </pre>
 */
public final class S3Bench {
  private static final int SEEDS_IN_FLIGHT = 16;

  /** The heap holds them. */
  private static final int SEED_BYTES_IN_FLIGHT = 64 << 20;

  private final S3AsyncClient s3 =
      S3AsyncClient.builder()
          .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_S3")))
          .region(Region.US_EAST_1)
          .forcePathStyle(true)
          .httpClientBuilder(
              NettyNioAsyncHttpClient.builder()
                  .maxConcurrency(512)
                  .maxPendingConnectionAcquires(Integer.MAX_VALUE))
          .build();

  public static void main(String[] arguments) throws InterruptedException {
    S3Bench bench = new S3Bench();
    switch (arguments[0]) {
      case "seed" ->
          bench.seed(
              arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      case "empty" -> bench.empty(arguments[1]);
      case "copy" -> bench.copy(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
      case "count" -> System.out.println(bench.keys(arguments[1]).size());
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    // The client is not closed: Netty would wait two seconds for silence.
  }

  private void seed(String bucket, int objects, int bytes) throws InterruptedException {
    s3.createBucket(request -> request.bucket(bucket)).join();
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    // As VAMS names its objects: an asset's id, and a path in it. Without spaces: s5cmd fails on them.
    each(
        objects,
        Math.min(SEEDS_IN_FLIGHT, Math.max(1, SEED_BYTES_IN_FLIGHT / bytes)),
        number -> {
          byte[] own = content.clone();
          own[number % bytes]++;
          return s3.putObject(
              request ->
                  request
                      .bucket(bucket)
                      .key("x%08x/part-%05d.bin".formatted(number * 0x9E3779B1, number))
                      .contentType("model/gltf-binary")
                      .metadata(Map.of("assetid", "x" + number)),
              AsyncRequestBody.fromBytesUnsafe(own));
        });
  }

  private void empty(String bucket) throws InterruptedException {
    if (s3.listBuckets().join().buckets().stream().noneMatch(one -> one.name().equals(bucket))) {
      s3.createBucket(request -> request.bucket(bucket)).join();
      return;
    }
    List<String> keys = keys(bucket);
    for (int from = 0; from < keys.size(); from += 1000) {
      List<ObjectIdentifier> some =
          keys.subList(from, Math.min(from + 1000, keys.size())).stream()
              .map(key -> ObjectIdentifier.builder().key(key).build())
              .toList();
      s3.deleteObjects(request -> request.bucket(bucket).delete(delete -> delete.objects(some)))
          .join();
    }
  }

  private void copy(String from, String to, int inFlight) throws InterruptedException {
    List<String> keys = keys(from);
    long began = System.nanoTime();
    each(
        keys.size(),
        inFlight,
        number ->
            s3.copyObject(
                request ->
                    request
                        .sourceBucket(from)
                        .sourceKey(keys.get(number))
                        .destinationBucket(to)
                        .destinationKey(keys.get(number))));
    System.out.printf(Locale.ROOT, "%.3f%n", (System.nanoTime() - began) / 1e9);
  }

  private List<String> keys(String bucket) {
    List<String> keys = new ArrayList<>();
    s3.listObjectsV2Paginator(request -> request.bucket(bucket))
        .contents()
        .map(S3Object::key)
        .subscribe(keys::add)
        .join();
    return keys;
  }

  private static void each(int count, int inFlight, IntFunction<CompletionStage<?>> call)
      throws InterruptedException {
    Semaphore permits = new Semaphore(inFlight);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int number = 0; number < count && failure.get() == null; number++) {
      permits.acquire();
      call.apply(number)
          .whenComplete(
              (answer, error) -> {
                if (error != null) {
                  failure.set(error);
                }
                permits.release();
              });
    }
    permits.acquire(inFlight);
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }
}
