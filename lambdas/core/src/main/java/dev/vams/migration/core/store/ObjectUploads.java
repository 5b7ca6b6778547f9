package dev.vams.migration.core.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Copies of large objects into the buckets of one stack, in parts: begun, given parts in any order
 * and by any number of workers, and completed or aborted. No object appears before it is completed.
 *
 * <p>Safe for use by many threads. A stage completes on a thread of the client and must not be
 * blocked there. It completes exceptionally with {@link StoreException}: of scope {@code ENTRY}
 * where this object alone cannot be copied, with the code {@link #NO_SUCH_UPLOAD} where the upload
 * was completed or aborted by somebody else; throttled and failed calls have been repeated by then.
 */
public interface ObjectUploads {

  /** The code of the error that there is no such upload, or none any more. */
  String NO_SUCH_UPLOAD = "NoSuchUpload";

  /**
   * Begins an upload of an object with these properties and the listed storage class.
   *
   * @return the upload's id
   */
  CompletionStage<String> begin(ObjectCopy copy, ObjectProperties properties);

  /** Copies a part on the server's side, in place of one of the same number. */
  CompletionStage<CopiedPart> copyPart(ObjectCopy copy, String uploadId, ObjectPart part);

  /** The parts that an upload has, in ascending order; empty when there is no such upload. */
  CompletionStage<Optional<List<CopiedPart>>> parts(String bucket, String key, String uploadId);

  /**
   * Makes the object.
   *
   * @param parts all of them, in ascending order
   * @return which version of its key it is; without an id if the bucket keeps none
   */
  CompletionStage<CurrentVersion> complete(
      ObjectCopy copy, String uploadId, List<CopiedPart> parts);

  /** Throws the parts away. That there is no such upload is no failure. */
  CompletionStage<Void> abort(String bucket, String key, String uploadId);
}
