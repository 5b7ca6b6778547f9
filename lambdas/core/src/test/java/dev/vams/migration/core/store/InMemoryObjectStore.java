package dev.vams.migration.core.store;

import dev.vams.migration.core.store.BucketFacts.Versioning;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Buckets in memory that behave as those of S3. As bucket names are global, both stacks of a test
 * share one store. What is asked for is done on the caller's thread, or on those of an executor.
 */
public final class InMemoryObjectStore implements ObjectStore {

  /** What is counted, and can be made to fail. */
  public enum Call {
    LIST,
    COPY,
    FINGERPRINT,
    TRY_READ,
    TRY_READ_TAGS,
    TRY_WRITE
  }

  private static final int LARGEST_PAGE = 1000;

  private final InstantSource clock;
  private final Executor executor;
  private final Comparator<String> order;
  private final Map<String, NavigableMap<String, StoredObject>> buckets = new ConcurrentHashMap<>();
  private final Map<String, Lookup<BucketFacts>> lookups = new ConcurrentHashMap<>();
  private final Map<String, StoreError> refusals = new ConcurrentHashMap<>();
  private final ScriptedFaults faults = new ScriptedFaults();

  /** A store that answers on the caller's thread. */
  public InMemoryObjectStore(InstantSource clock) {
    this(clock, Runnable::run, KeyOrder.UTF_8);
  }

  /**
   * @param executor runs what is asked for
   * @param order how listings are ordered; S3's is {@link KeyOrder}
   */
  public InMemoryObjectStore(InstantSource clock, Executor executor, Comparator<String> order) {
    this.clock = clock;
    this.executor = executor;
    this.order = order;
  }

  /** Creates a bucket that keeps no versions. */
  public void createBucket(String bucket) {
    createBucket(bucket, Versioning.OFF);
  }

  /** Creates a bucket. */
  public void createBucket(String bucket, Versioning versioning) {
    buckets.put(bucket, new ConcurrentSkipListMap<>(order));
    lookups.put(bucket, new Lookup.Found<>(new BucketFacts(versioning)));
  }

  /** Puts a plain object, written now. */
  public void put(String bucket, String key, String content) {
    put(bucket, key, StoredObject.of(content).writtenAt(clock.instant()));
  }

  /** Puts an object as it is. */
  public void put(String bucket, String key, StoredObject object) {
    buckets.get(bucket).put(key, object);
  }

  /** Removes an object. */
  public void delete(String bucket, String key) {
    buckets.get(bucket).remove(key);
  }

  /** An object, or null. */
  public StoredObject object(String bucket, String key) {
    return buckets.get(bucket).get(key);
  }

  /** The keys of a bucket in the order of its listing. */
  public List<String> keys(String bucket) {
    return List.copyOf(buckets.get(bucket).keySet());
  }

  /** From now on, a look at the bucket comes to this. */
  public void answerLook(String bucket, Lookup<BucketFacts> lookup) {
    lookups.put(bucket, lookup);
  }

  /** From now on, copying this key is refused. */
  public void refuseCopy(String key, StoreError error) {
    refusals.put(key, error);
  }

  /** From now on, copying this key succeeds again. */
  public void allowCopy(String key) {
    refusals.remove(key);
  }

  /** The call of this number, from 1, completes with a {@link StoreException}. */
  public void failCall(Call call, int number, StoreError error) {
    faults.failCall(call, number, error);
  }

  /** How many calls there were. */
  public int calls(Call call) {
    return faults.calls(call);
  }

  @Override
  public Lookup<BucketFacts> look(String bucket) {
    return lookups.getOrDefault(bucket, new Lookup.Missing<>());
  }

  @Override
  public CompletionStage<ObjectPage> list(String bucket, String prefix, String after, int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException("a page has 1 to 1,000 objects, not " + limit);
    }
    return call(
        Call.LIST,
        () -> {
          var objects = existing("listing", bucket).tailMap(after, false).entrySet();
          List<ObjectSummary> page = new ArrayList<>();
          for (Map.Entry<String, StoredObject> object : objects) {
            if (object.getKey().startsWith(prefix)) {
              if (page.size() == limit) {
                return new ObjectPage(page, false);
              }
              page.add(summary(object.getKey(), object.getValue()));
            }
          }
          return new ObjectPage(page, true);
        });
  }

  @Override
  public CompletionStage<CopyResult> copy(ObjectCopy copy) {
    return call(
        Call.COPY,
        () -> {
          String key = copy.source().key();
          StoredObject source = existing("copying from", copy.sourceBucket()).get(key);
          NavigableMap<String, StoredObject> target = existing("copying to", copy.targetBucket());
          if (refusals.containsKey(key)) {
            return new CopyResult.Refused(refusals.get(key));
          }
          if (source == null) {
            return refused("NoSuchKey", "The specified key does not exist.");
          }
          if (!source.etag().equals(copy.source().etag())) {
            return refused("PreconditionFailed", "A precondition did not hold.");
          }
          target.put(key, source.writtenAt(clock.instant()));
          return new CopyResult.Copied();
        });
  }

  @Override
  public CompletionStage<Optional<ObjectFingerprint>> fingerprint(String bucket, String key) {
    return call(
        Call.FINGERPRINT,
        () ->
            Optional.ofNullable(existing("looking at an object of", bucket).get(key))
                .map(
                    object ->
                        new ObjectFingerprint(
                            object.size(), object.etag(), object.etagIsMd5(), object.checksums())));
  }

  @Override
  public CompletionStage<Void> tryRead(String bucket, String key) {
    return call(
        Call.TRY_READ,
        () -> {
          existing("reading an object of", bucket);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> tryReadTags(String bucket, String key) {
    return call(
        Call.TRY_READ_TAGS,
        () -> {
          existing("reading an object's tags of", bucket);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> tryWrite(String bucket) {
    return call(
        Call.TRY_WRITE,
        () -> {
          existing("writing to", bucket);
          return null;
        });
  }

  private <T> CompletionStage<T> call(Call call, Supplier<T> work) {
    return faults.call(call, () -> CompletableFuture.supplyAsync(work, executor));
  }

  private NavigableMap<String, StoredObject> existing(String doing, String bucket) {
    NavigableMap<String, StoredObject> objects = buckets.get(bucket);
    if (objects == null) {
      throw new StoreException(
          doing + " bucket " + bucket,
          new StoreError(
              "NoSuchBucket", "The specified bucket does not exist", StoreError.Scope.UNIT));
    }
    return objects;
  }

  private static ObjectSummary summary(String key, StoredObject object) {
    return new ObjectSummary(
        key, object.size(), object.etag(), object.lastModified(), object.storageClass());
  }

  private static CopyResult refused(String code, String message) {
    return new CopyResult.Refused(new StoreError(code, message, StoreError.Scope.ENTRY));
  }
}
