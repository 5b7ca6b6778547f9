package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.OpenUpload;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.CopiedPart;
import dev.vams.migration.core.store.CurrentVersion;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectPart;
import dev.vams.migration.core.store.ObjectStore;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Copies objects that one call cannot carry, in parts, one object after the other. An upload is
 * written down before its first part, and continued by whichever worker comes to the object next.
 * Belongs to one worker's own thread.
 */
final class PartedCopier {
  private final ObjectStore source;
  private final ObjectUploads uploads;
  private final Journal journal;
  private final TransferLimits limits;
  private final InFlight copies;

  /**
   * @param uploads those of the target
   * @param copies bounds the parts in flight together with the copies of other objects
   */
  PartedCopier(
      ObjectStore source,
      ObjectUploads uploads,
      Journal journal,
      TransferLimits limits,
      InFlight copies) {
    this.source = source;
    this.uploads = uploads;
    this.journal = journal;
    this.limits = limits;
    this.copies = copies;
  }

  /** What came of it. */
  sealed interface Outcome {

    /**
     * The object is at the target, whole.
     *
     * @param version which version it is there; without an id if the bucket keeps none
     */
    record Copied(CurrentVersion version) implements Outcome {}

    /** The deadline was reached; the upload stays, and the next worker goes on with it. */
    record Interrupted() implements Outcome {}

    /** This object cannot be copied; its upload was aborted. */
    record Refused(StoreError error) implements Outcome {}
  }

  /** An upload, and the parts that it has. */
  private static final class Upload {
    private final ObjectCopy copy;
    private final String id;
    private final PartLayout layout;

    /** By their number less one; null where there is none. */
    private final CopiedPart[] parts;

    Upload(ObjectCopy copy, OpenUpload open, List<CopiedPart> present) {
      this.copy = copy;
      id = open.uploadId();
      layout = new PartLayout(open.size(), open.partSize());
      parts = new CopiedPart[layout.count()];
      present.stream().filter(this::fits).forEach(this::add);
    }

    private boolean fits(CopiedPart part) {
      return part.number() <= parts.length && part.size() == layout.part(part.number()).size();
    }

    /** May be called by any thread, of each part once. */
    void add(CopiedPart part) {
      parts[part.number() - 1] = part;
    }

    List<ObjectPart> left() {
      return IntStream.rangeClosed(1, parts.length)
          .filter(number -> parts[number - 1] == null)
          .mapToObj(layout::part)
          .toList();
    }
  }

  /**
   * Copies until the object is at the target or the deadline is reached, at least one part.
   *
   * @param progress hears of the bytes of each part
   * @throws StoreException when a bucket cannot be used, or a service asks for less
   */
  Outcome copy(ObjectCopy copy, Deadline deadline, LongConsumer progress) {
    Upload upload;
    try {
      upload = continued(copy).orElseGet(() -> begun(copy));
    } catch (StoreException e) {
      return new Outcome.Refused(ofThisObject(e));
    }
    AtomicReference<StoreException> refusal = new AtomicReference<>();
    boolean isInterrupted = copyParts(upload, deadline, progress, refusal);
    copies.drain();
    if (refusal.get() == null && isInterrupted) {
      return new Outcome.Interrupted();
    }
    CurrentVersion version;
    try {
      if (refusal.get() != null) {
        throw refusal.get();
      }
      version = InFlight.await(uploads.complete(copy, upload.id, Arrays.asList(upload.parts)));
    } catch (StoreException e) {
      return refuse(upload, e);
    }
    journal.forgetUpload(copy.targetBucket(), copy.key());
    return new Outcome.Copied(version);
  }

  /**
   * The upload that a worker has begun, with its parts. One of another source, or of one that has
   * changed, is aborted.
   */
  private Optional<Upload> continued(ObjectCopy copy) {
    Optional<OpenUpload> known = journal.upload(copy.targetBucket(), copy.key());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    OpenUpload upload = known.get();
    if (upload.isOf(copy)) {
      Optional<List<CopiedPart>> parts =
          InFlight.await(uploads.parts(upload.bucket(), upload.key(), upload.uploadId()));
      return parts.map(present -> new Upload(copy, upload, present));
    }
    InFlight.await(uploads.abort(upload.bucket(), upload.key(), upload.uploadId()));
    return Optional.empty();
  }

  private Upload begun(ObjectCopy copy) {
    PartLayout layout = PartLayout.of(copy.source().size(), limits.partSize());
    String uploadId =
        InFlight.await(
            source
                .properties(copy.sourceBucket(), copy.key(), copy.source().versionId())
                .thenCompose(properties -> uploads.begin(copy, properties)));
    OpenUpload upload = OpenUpload.of(copy, uploadId, layout.partSize());
    journal.saveUpload(upload);
    return new Upload(copy, upload, List.of());
  }

  /**
   * Starts the copies of the parts that are left, in ascending order.
   *
   * @return whether some are still left because the deadline was reached
   */
  private boolean copyParts(
      Upload upload,
      Deadline deadline,
      LongConsumer progress,
      AtomicReference<StoreException> refusal) {
    List<ObjectPart> left = upload.left();
    for (int i = 0; i < left.size() && refusal.get() == null; i++) {
      ObjectPart part = left.get(i);
      copies.start(() -> copyPart(upload, part, progress, refusal));
      if (i + 1 < left.size() && deadline.reached()) {
        return true;
      }
    }
    return false;
  }

  private CompletionStage<Void> copyPart(
      Upload upload,
      ObjectPart part,
      LongConsumer progress,
      AtomicReference<StoreException> refusal) {
    return uploads
        .copyPart(upload.copy, upload.id, part)
        .handle(
            (copied, error) -> {
              if (error == null) {
                upload.add(copied);
                progress.accept(part.size());
              } else if (InFlight.cause(error) instanceof StoreException store
                  && store.error().scope() == StoreError.Scope.ENTRY) {
                refusal.compareAndSet(null, store);
              } else {
                throw new CompletionException(InFlight.cause(error));
              }
              return null;
            });
  }

  /** Aborts the upload of an object that cannot be copied. */
  private Outcome refuse(Upload upload, StoreException refusal) {
    StoreError error = ofThisObject(refusal);
    ObjectCopy copy = upload.copy;
    if (error.code().equals(ObjectUploads.NO_SUCH_UPLOAD)) {
      // Somebody else has ended it, perhaps by completing it: the next attempt will see.
      journal.forgetUpload(copy.targetBucket(), copy.key());
      throw new StoreException(
          "copying to bucket " + copy.targetBucket(),
          new StoreError(error.code(), error.message(), StoreError.Scope.TRANSIENT));
    }
    try {
      InFlight.await(uploads.abort(copy.targetBucket(), copy.key(), upload.id));
      journal.forgetUpload(copy.targetBucket(), copy.key());
      return new Outcome.Refused(error);
    } catch (StoreException e) {
      return new Outcome.Refused(
          new StoreError(
              error.code(),
              "%s; and its upload %s cannot be aborted (%s)"
                  .formatted(error.message(), upload.id, ofThisObject(e).line()),
              error.scope()));
    }
  }

  /** An error that concerns more than one object is thrown on. */
  private static StoreError ofThisObject(StoreException e) {
    if (e.error().scope() != StoreError.Scope.ENTRY) {
      throw e;
    }
    return e.error();
  }
}
