package dev.vams.migration.core.store;

import dev.vams.migration.core.store.BucketFacts.Versioning;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Buckets in memory that behave as those of S3. As bucket names are global, both stacks of a test
 * share one store. What is asked for is done on the caller's thread, or on those of an executor.
 */
public final class InMemoryObjectStore implements ObjectStore, ObjectUploads {

  /** What is counted, and can be made to fail. */
  public enum Call {
    LIST,
    LIST_VERSIONS,
    ADD_DELETE_MARKER,
    COPY,
    DELETE,
    RESTORE,
    PROPERTIES,
    FEATURES,
    FINGERPRINT,
    TRY_READ,
    TRY_READ_TAGS,
    TRY_READ_FEATURES,
    TRY_RESTORE,
    TRY_DELETE,
    TRY_WRITE,
    BEGIN,
    COPY_PART,
    PARTS,
    COMPLETE,
    ABORT
  }

  private static final int LARGEST_PAGE = 1000;

  /** The id of what is written where no versions are kept. */
  private static final String UNVERSIONED = "null";

  private final InstantSource clock;
  private final Executor executor;
  private final Comparator<String> order;
  private final Map<String, NavigableMap<String, StoredObject>> buckets = new ConcurrentHashMap<>();
  private final Map<String, NavigableMap<String, List<Kept>>> histories = new ConcurrentHashMap<>();
  private final AtomicInteger lastVersion = new AtomicInteger();
  private final Map<String, Lookup<BucketFacts>> lookups = new ConcurrentHashMap<>();
  private final Map<String, StoreError> refusals = new ConcurrentHashMap<>();
  private final Map<String, StoreError> restoreRefusals = new ConcurrentHashMap<>();
  private final Map<String, Restored> restores = new ConcurrentHashMap<>();
  private final Set<String> tiered = ConcurrentHashMap.newKeySet();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final List<Integer> copiedParts = new CopyOnWriteArrayList<>();
  private final AtomicInteger lastUpload = new AtomicInteger();
  private final ScriptedFaults faults = new ScriptedFaults();

  /** An upload that was neither completed nor aborted. */
  private record Upload(
      ObjectCopy copy,
      ObjectProperties properties,
      StoredObject source,
      NavigableMap<Integer, CopiedPart> parts) {}

  /** A version of a key; without an object it is a delete marker. */
  private record Kept(String versionId, Optional<StoredObject> object, Instant at) {}

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
    createBucket(bucket, new BucketFacts(versioning));
  }

  /** Creates a bucket. */
  public void createBucket(String bucket, BucketFacts facts) {
    buckets.put(bucket, new ConcurrentSkipListMap<>(order));
    histories.put(bucket, new ConcurrentSkipListMap<>(order));
    lookups.put(bucket, new Lookup.Found<>(facts));
  }

  /** Puts a plain object, written now. */
  public void put(String bucket, String key, String content) {
    put(bucket, key, StoredObject.of(content).writtenAt(clock.instant()));
  }

  /** Puts an object as it is. */
  public void put(String bucket, String key, StoredObject object) {
    write(bucket, key, Optional.of(object));
  }

  /** Removes an object. */
  public void delete(String bucket, String key) {
    write(bucket, key, Optional.empty());
  }

  /** Removes a version, as a lifecycle rule does. */
  public void expire(String bucket, String key, String versionId) {
    history(bucket).get(key).removeIf(kept -> kept.versionId().equals(versionId));
  }

  /** All keys of a bucket, those that are deleted too. */
  public List<String> keysWithHistory(String bucket) {
    return List.copyOf(history(bucket).keySet());
  }

  /** The history of a key, the oldest version first. */
  public List<ObjectVersion> history(String bucket, String key) {
    return history(bucket).getOrDefault(key, List.of()).stream()
        .map(kept -> version(bucket, key, kept))
        .toList();
  }

  private ObjectVersion version(String bucket, String key, Kept kept) {
    return kept.object()
        .map(
            stored ->
                new ObjectVersion(
                    key,
                    kept.versionId(),
                    false,
                    stored.size(),
                    stored.etag(),
                    stored.lastModified(),
                    stored.storageClass(),
                    listedRestore(bucket, key, Optional.of(kept.versionId()))))
        .orElseGet(() -> ObjectVersion.deleteMarker(key, kept.versionId(), kept.at()));
  }

  /** The object that a version is. */
  public StoredObject object(String bucket, String key, String versionId) {
    return version("looking at a version of", bucket, key, Optional.of(versionId));
  }

  /** Writes or deletes, and gives the version's id if the bucket has ever kept any. */
  private Optional<String> write(String bucket, String key, Optional<StoredObject> object) {
    object.ifPresentOrElse(
        stored -> buckets.get(bucket).put(key, stored), () -> buckets.get(bucket).remove(key));
    if (versioning(bucket) == Versioning.OFF) {
      return Optional.empty();
    }
    List<Kept> history =
        histories.get(bucket).computeIfAbsent(key, any -> new CopyOnWriteArrayList<>());
    String id = UNVERSIONED;
    if (versioning(bucket) == Versioning.ENABLED) {
      id = "v" + lastVersion.incrementAndGet();
    } else {
      history.removeIf(kept -> kept.versionId().equals(UNVERSIONED));
    }
    history.add(new Kept(id, object, clock.instant()));
    return Optional.of(id);
  }

  private Versioning versioning(String bucket) {
    return lookups.get(bucket) instanceof Lookup.Found<BucketFacts> found
        ? found.value().versioning()
        : Versioning.OFF;
  }

  /** From now on, the bucket keeps all versions again. */
  public void enableVersioning(String bucket) {
    lookups.put(bucket, new Lookup.Found<>(new BucketFacts(Versioning.ENABLED)));
  }

  /** From now on, the bucket keeps what it has, and one version of what is written. */
  public void suspendVersioning(String bucket) {
    lookups.put(bucket, new Lookup.Found<>(new BucketFacts(Versioning.SUSPENDED)));
  }

  /** Where no versions are kept, each object is one, whose id is the text null. */
  private NavigableMap<String, List<Kept>> history(String bucket) {
    if (versioning(bucket) != Versioning.OFF) {
      return histories.get(bucket);
    }
    NavigableMap<String, List<Kept>> current = new ConcurrentSkipListMap<>(order);
    buckets
        .get(bucket)
        .forEach(
            (key, object) ->
                current.put(
                    key,
                    List.of(new Kept(UNVERSIONED, Optional.of(object), object.lastModified()))));
    return current;
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

  /** From now on, copying or deleting this key is refused. */
  public void refuseCopy(String key, StoreError error) {
    refusals.put(key, error);
  }

  /** From now on, restoring this key is refused. */
  public void refuseRestore(String key, StoreError error) {
    restoreRefusals.put(key, error);
  }

  /** From now on, the current version can be read although it is archived. */
  public void finishRestore(String bucket, String key) {
    restores.put(idOf(bucket, key, Optional.empty()), Restored.YES);
  }

  /** From now on, all versions whose restore was asked for can be read. */
  public void finishRestores() {
    restores.replaceAll((id, restored) -> Restored.YES);
  }

  /** From now on, no listing tells of an object of Intelligent-Tiering, but nobody can read it. */
  public void moveToArchiveTier(String bucket, String key) {
    tiered.add(idOf(bucket, key, Optional.empty()));
  }

  private boolean isArchived(
      String bucket, String key, Optional<String> versionId, StoredObject object) {
    return (tiered.contains(idOf(bucket, key, versionId))
            || summary(bucket, key, object).isInArchive())
        && restored(bucket, key, versionId) != Restored.YES;
  }

  private Restored restored(String bucket, String key, Optional<String> versionId) {
    return restores.getOrDefault(idOf(bucket, key, versionId), Restored.NO);
  }

  /** No listing tells of what is in an archive tier. */
  private Restored listedRestore(String bucket, String key, Optional<String> versionId) {
    return tiered.contains(idOf(bucket, key, versionId))
        ? Restored.NO
        : restored(bucket, key, versionId);
  }

  /** One version of one bucket. */
  private String idOf(String bucket, String key, Optional<String> versionId) {
    List<Kept> kept =
        versioning(bucket) != Versioning.OFF
            ? histories.get(bucket).getOrDefault(key, List.of())
            : List.<Kept>of();
    String current = kept.isEmpty() ? "null" : kept.get(kept.size() - 1).versionId();
    return bucket + "/" + key + "/" + versionId.orElse(current);
  }

  /** From now on, copying this key succeeds again. */
  public void allowCopy(String key) {
    refusals.remove(key);
  }

  /** The call of this number, from 1, completes with a {@link StoreException}. */
  public void failCall(Call call, int number, StoreError error) {
    faults.failCall(call, number, error);
  }

  /** The call of this number, from 1, takes effect, but completes with a {@link StoreException}. */
  public void loseAnswer(Call call, int number, StoreError error) {
    faults.loseAnswer(call, number, error);
  }

  /** Something else happens right before the call of this number, from 1. */
  public void before(Call call, int number, Runnable event) {
    faults.before(call, number, event);
  }

  /** The ids of the uploads that were neither completed nor aborted. */
  public Set<String> openUploads() {
    return Set.copyOf(uploads.keySet());
  }

  /** The numbers of all parts that were copied, in the order of the calls. */
  public List<Integer> copiedParts() {
    return List.copyOf(copiedParts);
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
              page.add(summary(bucket, object.getKey(), object.getValue()));
            }
          }
          return new ObjectPage(page, true);
        });
  }

  @Override
  public CompletionStage<VersionPage> listVersions(
      String bucket, String prefix, VersionMarker after, int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException("a page has 1 to 1,000 versions, not " + limit);
    }
    return call(
        Call.LIST_VERSIONS,
        () -> {
          existing("listing the versions of", bucket);
          List<ObjectVersion> page = new ArrayList<>();
          boolean isBehind = after.versionId().isEmpty();
          for (String key : history(bucket).tailMap(after.key(), !isBehind).keySet()) {
            if (!key.startsWith(prefix)) {
              continue;
            }
            List<ObjectVersion> newestFirst = new ArrayList<>(history(bucket, key));
            Collections.reverse(newestFirst);
            for (ObjectVersion version : newestFirst) {
              if (!key.equals(after.key()) || isBehind) {
                if (page.size() == limit) {
                  return new VersionPage(page, false);
                }
                page.add(version);
              }
              isBehind |= after.versionId().equals(Optional.of(version.versionId()));
            }
          }
          return new VersionPage(page, true);
        });
  }

  @Override
  public CompletionStage<CopyResult> addDeleteMarker(
      String bucket, String key, CurrentVersion onto) {
    return call(
        Call.ADD_DELETE_MARKER,
        () -> {
          existing("deleting a key of", bucket);
          if (onto.etag().isPresent() && !isOn(bucket, key, onto)) {
            return refused("PreconditionFailed", "A precondition did not hold.");
          }
          return new CopyResult.Copied(
              new CurrentVersion(write(bucket, key, Optional.empty()), Optional.empty()));
        });
  }

  /** Whether what a key has is what it is to have; a delete marker is as good as nothing. */
  private boolean isOn(String bucket, String key, CurrentVersion onto) {
    return Optional.ofNullable(existing("looking at", bucket).get(key))
        .map(StoredObject::etag)
        .equals(onto.etag());
  }

  @Override
  public CompletionStage<CopyResult> copy(ObjectCopy copy) {
    return call(
        Call.COPY,
        () -> {
          String key = copy.source().key();
          StoredObject source =
              found("copying from", copy.sourceBucket(), key, copy.source().versionId())
                  .orElse(null);
          existing("copying to", copy.targetBucket());
          if (refusals.containsKey(key)) {
            return new CopyResult.Refused(refusals.get(key));
          }
          if (source == null) {
            return refused("NoSuchKey", "The specified key does not exist.");
          }
          if (!source.etag().equals(copy.source().etag())) {
            return refused("PreconditionFailed", "A precondition did not hold.");
          }
          if (isArchived(copy.sourceBucket(), key, copy.source().versionId(), source)) {
            return new CopyResult.Refused(StoreError.archived(source.storageClass()));
          }
          if (!copy.onto().map(onto -> isOn(copy.targetBucket(), key, onto)).orElse(true)) {
            return refused("PreconditionFailed", "A precondition did not hold.");
          }
          StoredObject copied =
              source
                  .writtenAt(clock.instant())
                  .with(new ObjectFeatures(copy.lock(), List.of()))
                  .encrypted(copy.encryption());
          return new CopyResult.Copied(
              new CurrentVersion(
                  write(copy.targetBucket(), key, Optional.of(copied)),
                  Optional.of(copied.etag())));
        });
  }

  @Override
  public CompletionStage<Void> delete(String bucket, ObjectSummary object) {
    return call(
        Call.DELETE,
        () -> {
          StoredObject present = existing("deleting from", bucket).get(object.key());
          if (refusals.containsKey(object.key())) {
            throw new StoreException("deleting from " + bucket, refusals.get(object.key()));
          }
          if (present == null) {
            return null;
          }
          if (!present.etag().equals(object.etag())) {
            throw refusal("deleting", "PreconditionFailed", "A precondition did not hold.");
          }
          delete(bucket, object.key());
          return null;
        });
  }

  @Override
  public CompletionStage<Void> restore(String bucket, ObjectSummary object, Restore how) {
    return call(
        Call.RESTORE,
        () -> {
          existing("restoring an object of", bucket);
          if (restoreRefusals.containsKey(object.key())) {
            throw new StoreException("restoring", restoreRefusals.get(object.key()));
          }
          restores.putIfAbsent(idOf(bucket, object.key(), object.versionId()), Restored.SOON);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> tryRestore(String bucket) {
    return call(
        Call.TRY_RESTORE,
        () -> {
          existing("restoring an object of", bucket);
          return null;
        });
  }

  @Override
  public CompletionStage<ObjectProperties> properties(
      String bucket, String key, Optional<String> versionId) {
    return call(
        Call.PROPERTIES,
        () -> {
          StoredObject object = version("looking at an object of", bucket, key, versionId);
          return new ObjectProperties(
              object.headers(),
              object.userMetadata(),
              object.tags(),
              object.checksums().keySet().stream()
                  .findFirst()
                  .map(algorithm -> new ObjectProperties.Checksum(algorithm, true)));
        });
  }

  @Override
  public CompletionStage<ObjectFeatures> features(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> features) {
    return call(
        Call.FEATURES,
        () ->
            found("looking at an object of", bucket, key, versionId)
                .map(StoredObject::features)
                .orElse(ObjectFeatures.NONE));
  }

  @Override
  public CompletionStage<String> begin(ObjectCopy copy, ObjectProperties properties) {
    return call(
        Call.BEGIN,
        () -> {
          existing("beginning an upload to", copy.targetBucket());
          StoredObject source =
              version(
                  "beginning an upload from",
                  copy.sourceBucket(),
                  copy.key(),
                  copy.source().versionId());
          String id = "upload-" + lastUpload.incrementAndGet();
          uploads.put(id, new Upload(copy, properties, source, new ConcurrentSkipListMap<>()));
          return id;
        });
  }

  @Override
  public CompletionStage<CopiedPart> copyPart(ObjectCopy copy, String uploadId, ObjectPart part) {
    return call(
        Call.COPY_PART,
        () -> {
          Upload upload = upload("copying a part to", copy.targetBucket(), copy.key(), uploadId);
          StoredObject source =
              version(
                  "copying a part from",
                  copy.sourceBucket(),
                  copy.key(),
                  copy.source().versionId());
          if (!source.etag().equals(copy.source().etag())) {
            throw refusal("copying a part", "PreconditionFailed", "A precondition did not hold.");
          }
          if (refusals.containsKey(copy.key())) {
            throw new StoreException("copying a part", refusals.get(copy.key()));
          }
          if (isArchived(copy.sourceBucket(), copy.key(), copy.source().versionId(), source)) {
            throw new StoreException("copying a part", StoreError.archived(source.storageClass()));
          }
          CopiedPart copied =
              new CopiedPart(part.number(), part.size(), "part-" + part.first(), Map.of());
          upload.parts().put(part.number(), copied);
          copiedParts.add(part.number());
          return copied;
        });
  }

  @Override
  public CompletionStage<Optional<List<CopiedPart>>> parts(
      String bucket, String key, String uploadId) {
    return call(
        Call.PARTS,
        () ->
            Optional.ofNullable(uploads.get(uploadId))
                .map(upload -> List.copyOf(upload.parts().values())));
  }

  @Override
  public CompletionStage<CurrentVersion> complete(
      ObjectCopy copy, String uploadId, List<CopiedPart> parts) {
    String bucket = copy.targetBucket();
    String key = copy.key();
    return call(
        Call.COMPLETE,
        () -> {
          Upload upload = upload("completing an upload to", bucket, key, uploadId);
          if (!List.copyOf(upload.parts().values()).equals(parts)) {
            throw refusal("completing an upload", "InvalidPart", "A part could not be found.");
          }
          if (!copy.onto().map(onto -> isOn(bucket, key, onto)).orElse(true)) {
            throw refusal(
                "completing an upload", "PreconditionFailed", "A precondition did not hold.");
          }
          uploads.remove(uploadId);
          StoredObject whole = whole(upload, parts);
          return new CurrentVersion(
              write(bucket, key, Optional.of(whole)), Optional.of(whole.etag()));
        });
  }

  private StoredObject whole(Upload upload, List<CopiedPart> parts) {
    ObjectProperties properties = upload.properties();
    Map<String, String> checksums = new HashMap<>(upload.source().checksums());
    checksums
        .keySet()
        .removeIf(
            algorithm ->
                properties.checksum().stream()
                    .noneMatch(kind -> kind.algorithm().equals(algorithm)));
    return upload
        .source()
        .ofSize(parts.stream().mapToLong(CopiedPart::size).sum())
        .uploadedInParts(upload.source().etag() + "-" + parts.size())
        .withChecksums(checksums)
        .writtenAt(clock.instant())
        .with(
            upload.copy().source().storageClass(),
            properties.headers(),
            properties.userMetadata(),
            properties.tags())
        .with(new ObjectFeatures(upload.copy().lock(), List.of()))
        .encrypted(upload.copy().encryption());
  }

  @Override
  public CompletionStage<Void> abort(String bucket, String key, String uploadId) {
    return call(
        Call.ABORT,
        () -> {
          uploads.remove(uploadId);
          return null;
        });
  }

  private Upload upload(String doing, String bucket, String key, String uploadId) {
    Upload upload = uploads.get(uploadId);
    if (upload == null
        || !upload.copy().targetBucket().equals(bucket)
        || !upload.copy().key().equals(key)) {
      throw refusal(
          doing + " bucket " + bucket, NO_SUCH_UPLOAD, "The specified upload does not exist.");
    }
    return upload;
  }

  private StoredObject version(
      String doing, String bucket, String key, Optional<String> versionId) {
    return found(doing, bucket, key, versionId)
        .orElseThrow(
            () ->
                refusal(
                    doing + " bucket " + bucket, "NoSuchKey", "The specified key does not exist."));
  }

  private Optional<StoredObject> found(
      String doing, String bucket, String key, Optional<String> versionId) {
    NavigableMap<String, StoredObject> current = existing(doing, bucket);
    return versionId.isEmpty()
        ? Optional.ofNullable(current.get(key))
        : history(bucket).getOrDefault(key, List.of()).stream()
            .filter(kept -> kept.versionId().equals(versionId.get()))
            .findFirst()
            .flatMap(Kept::object);
  }

  @Override
  public CompletionStage<Optional<ObjectFingerprint>> fingerprint(
      String bucket, String key, Optional<String> versionId) {
    return call(
        Call.FINGERPRINT,
        () ->
            found("looking at an object of", bucket, key, versionId)
                .map(
                    object ->
                        new ObjectFingerprint(
                            object.size(), object.etag(), object.etagIsMd5(), object.checksums())));
  }

  @Override
  public CompletionStage<Void> tryRead(String bucket, String key, Optional<String> versionId) {
    return call(
        Call.TRY_READ,
        () -> {
          existing("reading an object of", bucket);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> tryReadTags(String bucket, String key, Optional<String> versionId) {
    return call(
        Call.TRY_READ_TAGS,
        () -> {
          existing("reading an object's tags of", bucket);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> tryReadFeatures(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> features) {
    return call(
        Call.TRY_READ_FEATURES,
        () -> {
          existing("reading an object's features of", bucket);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> tryDelete(String bucket) {
    return call(
        Call.TRY_DELETE,
        () -> {
          existing("deleting from", bucket);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> tryWrite(
      String bucket, Optional<Encryption> encryption, boolean isLocked) {
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
              "NoSuchBucket", "The specified bucket does not exist", StoreError.Scope.RUN));
    }
    return objects;
  }

  private ObjectSummary summary(String bucket, String key, StoredObject object) {
    return new ObjectSummary(
        key,
        object.size(),
        object.etag(),
        object.lastModified(),
        object.storageClass(),
        Optional.empty(),
        listedRestore(bucket, key, Optional.empty()));
  }

  private static StoreException refusal(String doing, String code, String message) {
    return new StoreException(doing, new StoreError(code, message, StoreError.Scope.ENTRY));
  }

  private static CopyResult refused(String code, String message) {
    return new CopyResult.Refused(new StoreError(code, message, StoreError.Scope.ENTRY));
  }
}
