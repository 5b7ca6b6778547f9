package dev.vams.migration.core.store;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The buckets of one stack.
 *
 * <p>Safe for use by many threads. A stage completes on a thread of the client and must not be
 * blocked there. It completes exceptionally with {@link StoreException} when the store cannot go
 * on; throttled and failed calls have been repeated by then.
 */
public interface ObjectStore {

  /** Looks at a bucket. Never throws for a bucket that is missing, forbidden or elsewhere. */
  Lookup<BucketFacts> look(String bucket);

  /**
   * Lists objects in ascending order of their keys' UTF-8 bytes.
   *
   * @param prefix only keys that start with it; empty for all
   * @param after only keys greater than it; empty for all
   * @param limit at most so many, 1 to 1,000 (<a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>)
   */
  CompletionStage<ObjectPage> list(String bucket, String prefix, String after, int limit);

  /**
   * Lists all versions of objects, delete markers among them: in ascending order of their keys'
   * UTF-8 bytes, and those of one key newest first. Of a bucket that keeps no versions, each object
   * is one.
   *
   * @param prefix only keys that start with it; empty for all
   * @param after where to go on
   * @param limit at most so many, 1 to 1,000 (<a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">ListObjectVersions</a>)
   */
  CompletionStage<VersionPage> listVersions(
      String bucket, String prefix, VersionMarker after, int limit);

  /**
   * Copies an object into a bucket of this stack on the server's side, with its user metadata,
   * content headers, tags, checksum and storage class. Safe to repeat where the target keeps no
   * versions. A copy of a version is not repeated by itself unless the service asked for less:
   * whether it was made shows the target's listing.
   */
  CompletionStage<CopyResult> copy(ObjectCopy copy);

  /**
   * Deletes an object, if it still is the listed one. That it is gone is no failure. A bucket that
   * keeps versions keeps this one.
   *
   * @return completes exceptionally with {@link StoreException}: of scope {@code ENTRY} where this
   *     object alone cannot be deleted, and with the code {@code PreconditionFailed} where it has
   *     been replaced
   */
  CompletionStage<Void> delete(String bucket, ObjectSummary object);

  /**
   * Asks for an archived object to be restored. That it was asked for before is no failure.
   *
   * @return completes when it was asked for, long before the object can be read; exceptionally with
   *     {@link StoreException}: of scope {@code ENTRY} where this object alone cannot be restored
   */
  CompletionStage<Void> restore(String bucket, ObjectSummary object, Restore how);

  /**
   * Deletes a key of a bucket that keeps versions, so that a delete marker is its newest version.
   * Not repeated by itself unless the service asked for less.
   *
   * @param onto what the bucket has under this key; refused when that has changed since, which
   *     cannot be told of a delete marker
   * @return as of a copy: {@code Copied} has the delete marker's version id
   */
  CompletionStage<CopyResult> addDeleteMarker(String bucket, String key, CurrentVersion onto);

  /**
   * What an upload in parts has to be given so that the copy is like this object.
   *
   * @param versionId which version of it; empty for the current one
   * @return completes exceptionally with {@link StoreException}: of scope {@code ENTRY} where this
   *     object alone cannot be looked at, and with the code {@code NoSuchKey} where it is gone
   */
  CompletionStage<ObjectProperties> properties(
      String bucket, String key, Optional<String> versionId);

  /**
   * What an object has of its bucket's features. What may not be read is named with the reason, so
   * that nobody takes it for absent.
   *
   * @param versionId which version of it; empty for the current one
   * @param features which of them to ask for; each costs a call or two
   */
  CompletionStage<ObjectFeatures> features(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> features);

  /**
   * What the service can say of an object's content; empty when there is no such object.
   *
   * @param versionId which version of it; empty for the current one
   * @return completes exceptionally with {@link StoreException}: of scope {@code ENTRY} where this
   *     object alone cannot be looked at, as one encrypted with a key that only its owner has
   */
  CompletionStage<Optional<ObjectFingerprint>> fingerprint(
      String bucket, String key, Optional<String> versionId);

  /**
   * Reads the first byte of an object: proves that the bucket's objects may be read, and that their
   * key may be used. What is wrong with this object alone, such as that it is archived or was
   * deleted meanwhile, is no failure.
   *
   * @param versionId which version of it; empty for the current one
   * @return completes exceptionally with {@link StoreException} when it is not allowed
   */
  CompletionStage<Void> tryRead(String bucket, String key, Optional<String> versionId);

  /**
   * Reads the tags of an object: proves that they may be copied. That the object was deleted
   * meanwhile is no failure.
   *
   * @param versionId which version of it; empty for the current one
   * @return completes exceptionally with {@link StoreException} when it is not allowed
   */
  CompletionStage<Void> tryReadTags(String bucket, String key, Optional<String> versionId);

  /**
   * Reads what an object has of its bucket's features: proves that it may be read. That the object
   * has nothing, or was deleted meanwhile, is no failure.
   *
   * @param versionId which version of it; empty for the current one
   * @return completes exceptionally with {@link StoreException} when it is not allowed
   */
  CompletionStage<Void> tryReadFeatures(
      String bucket, String key, Optional<String> versionId, Set<BucketFeature> features);

  /**
   * Asks for an object to be restored that is not there: proves that it may be asked for.
   *
   * @return completes exceptionally with {@link StoreException} when it is not allowed
   */
  CompletionStage<Void> tryRestore(String bucket);

  /**
   * Deletes an object that is not there, on a condition that none meets: proves that objects may be
   * deleted.
   *
   * @return completes exceptionally with {@link StoreException} when it is not allowed
   */
  CompletionStage<Void> tryDelete(String bucket);

  /**
   * Begins an upload of an object with a tag, asks for its parts and aborts it: proves that objects
   * may be written with their tags, at once and in parts, and encrypted. No object appears, nothing
   * is replaced, and no event is raised.
   *
   * @param encryption how; empty for the bucket's default
   * @param isLocked whether to prove that objects may be retained and held legally too
   * @return completes exceptionally with {@link StoreException} when it is not allowed; when only
   *     aborting is not, an upload without parts is left, which the exception names
   */
  CompletionStage<Void> tryWrite(String bucket, Optional<Encryption> encryption, boolean isLocked);
}
