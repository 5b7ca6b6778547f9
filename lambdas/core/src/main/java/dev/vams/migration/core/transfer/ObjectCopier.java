package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.Paired;
import dev.vams.migration.core.listing.SameContent;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectFeatures;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

/** Settles the objects of one key range, and books what became of them. */
final class ObjectCopier {
  static final String NOT_DELETED = "not deleted at the target: ";
  static final String NOT_RESTORED = "not restored: ";

  private final Stack source;
  private final Stack target;
  private final BucketPair pair;
  private final BucketPlan known;
  private final IfTargetNotEmpty policy;
  private final boolean isMirror;
  private final IfArchived archived;
  private final Restore restore;
  private final CopyLedger ledger;
  private final InstantSource clock;

  /**
   * @param clock tells whether a retention has ended
   */
  ObjectCopier(
      Stack source,
      Stack target,
      MigrationPlan plan,
      KeyRange range,
      CopyLedger ledger,
      InstantSource clock) {
    this.source = source;
    this.target = target;
    pair = plan.bucket(range.descriptor());
    known = plan.known(range.descriptor());
    policy = plan.schema().options().ifTargetNotEmpty();
    archived = plan.schema().options().archived();
    restore = plan.schema().options().restore();
    isMirror = plan.schema().options().deleteExtraneous();
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A copy to be made, and what it will lack. */
  record Prepared(ObjectCopy copy, List<String> uncarried) {

    Prepared lacking(List<String> more) {
      return new Prepared(copy, Stream.concat(uncarried.stream(), more.stream()).toList());
    }
  }

  /** Settles an object that one call carries. May be called by any thread. */
  CompletionStage<?> settle(Paired paired) {
    if (paired instanceof Paired.OnlySource only) {
      return copy(only.source());
    }
    if (paired instanceof Paired.Both both) {
      return rule(both)
          .thenCompose(
              rule -> {
                if (rule == CollisionRule.COPY) {
                  return copy(both.source());
                }
                book(both.source(), rule);
                return CompletableFuture.completedStage(null);
              });
    }
    return paired instanceof Paired.OnlyTarget only && isMirror
        ? delete(only.target())
        : CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> delete(ObjectSummary object) {
    return deleteExtraneous(object)
        .thenAccept(
            refusal ->
                refusal.ifPresent(
                    error ->
                        ledger.failed(
                            object.key(), NOT_DELETED + error.line(), Advice.forDeletion(error))));
  }

  /**
   * Deletes what the source has not, and books it: both listings are in order, so the source's has
   * passed the key. Gives the error that concerns this object alone, which is not booked.
   */
  CompletionStage<Optional<StoreError>> deleteExtraneous(ObjectSummary object) {
    return refusal(
        target.objects().delete(pair.to(), object).thenRun(() -> ledger.deleted(object.key())));
  }

  /**
   * Settles an object that has to be copied in parts, and waits for it.
   *
   * @return whether it is settled; otherwise the deadline was reached before its end
   */
  boolean settleInParts(Paired paired, PartedCopier parts, Deadline deadline) {
    if (paired instanceof Paired.Both both) {
      CollisionRule rule = InFlight.await(rule(both));
      if (rule != CollisionRule.COPY) {
        book(both.source(), rule);
        return true;
      }
      return copyInParts(both.source(), parts, deadline);
    }
    return !(paired instanceof Paired.OnlySource only)
        || copyInParts(only.source(), parts, deadline);
  }

  private boolean copyInParts(ObjectSummary object, PartedCopier parts, Deadline deadline) {
    if (isForLater(object)) {
      InFlight.await(leave(object, StoreError.archived(object.storageClass())));
      return true;
    }
    Prepared prepared = InFlight.await(prepare(object));
    PartedCopier.Outcome outcome = parts.copy(prepared.copy(), deadline, ledger::copiedPart);
    if (outcome instanceof PartedCopier.Outcome.Refused refused
        && refused.error().isOfCondition()) {
      Optional<ObjectSummary> now = InFlight.await(replacement(object));
      if (now.isPresent()) {
        prepared = InFlight.await(prepare(now.get())).lacking(List.of(replaced(object, now.get())));
        outcome = parts.copy(prepared.copy(), deadline, ledger::copiedPart);
      }
    }
    if (outcome instanceof PartedCopier.Outcome.Refused refused) {
      InFlight.await(refuse(object, refused.error()));
    } else if (outcome instanceof PartedCopier.Outcome.Copied) {
      bookParts(prepared);
    }
    return !(outcome instanceof PartedCopier.Outcome.Interrupted);
  }

  /** What became of a large object on the second way. */
  enum LargeOutcome {
    /** Copied, or failed. */
    SETTLED,
    /** It is being restored. */
    NOT_RESTORED,
    /** The deadline was reached before its end. */
    INTERRUPTED
  }

  /** Settles a large object that the first way has left, and waits for it. */
  LargeOutcome settleRestoredInParts(ObjectSummary object, PartedCopier parts, Deadline deadline) {
    Prepared prepared = InFlight.await(prepare(object));
    PartedCopier.Outcome outcome = parts.copy(prepared.copy(), deadline, ledger::copiedPart);
    if (outcome instanceof PartedCopier.Outcome.Interrupted) {
      return LargeOutcome.INTERRUPTED;
    }
    if (outcome instanceof PartedCopier.Outcome.Refused refused) {
      if (object.isTiered() && refused.error().isOfArchived()) {
        return isRefused(object) ? LargeOutcome.SETTLED : LargeOutcome.NOT_RESTORED;
      }
      fail(object, refused.error());
      return LargeOutcome.SETTLED;
    }
    bookParts(prepared);
    return LargeOutcome.SETTLED;
  }

  private void bookParts(Prepared prepared) {
    ledger.read(prepared.copy().source());
    ledger.copiedInParts(prepared.copy().source());
    bookUncarried(prepared);
  }

  private CompletionStage<CollisionRule> rule(Paired.Both both) {
    return same(both)
        .thenApply(same -> CollisionRule.decide(same, both.source(), both.target(), policy));
  }

  private CompletionStage<SameContent> same(Paired.Both both) {
    return SameContent.compare(
        source.objects(), pair.from(), both.source(), target.objects(), pair.to(), both.target());
  }

  private void book(ObjectSummary object, CollisionRule rule) {
    ledger.read(object);
    ledger.settled(rule == CollisionRule.SKIP ? Tally.ofSkipped() : Tally.ofKept());
  }

  private CompletionStage<Void> copy(ObjectSummary object) {
    return isForLater(object)
        ? leave(object, StoreError.archived(object.storageClass()))
        : copyReadable(object, error -> refuse(object, error));
  }

  /**
   * Copies an object that is restored, if it has to be. If it was replaced since it was listed,
   * what it was replaced by is copied.
   *
   * @param refusal what to do when it cannot be copied
   */
  private CompletionStage<Void> copyReadable(
      ObjectSummary object, Function<StoreError, CompletionStage<Void>> refusal) {
    return copyAsListed(
        object,
        List.of(),
        error ->
            error.isOfCondition()
                ? replacement(object)
                    .thenCompose(
                        now ->
                            now.isPresent()
                                ? copyAsListed(
                                    now.get(), List.of(replaced(object, now.get())), refusal)
                                : refusal.apply(error))
                : refusal.apply(error));
  }

  private static String replaced(ObjectSummary listed, ObjectSummary now) {
    return "its content of %s: it was replaced while it was copied, and the target has its content of %s"
        .formatted(listed.lastModified(), now.lastModified());
  }

  /** What an object was replaced by, if it was. */
  private CompletionStage<Optional<ObjectSummary>> replacement(ObjectSummary listed) {
    return source
        .objects()
        .list(pair.from(), listed.key(), "", 1)
        .thenApply(
            page ->
                page.objects().stream()
                    .filter(now -> now.key().equals(listed.key()))
                    .filter(now -> !now.etag().equals(listed.etag()))
                    .findFirst());
  }

  /**
   * Copies an object unless it was replaced since it was listed.
   *
   * @param lacking what its copy will lack, besides what can be seen of it
   */
  private CompletionStage<Void> copyAsListed(
      ObjectSummary object,
      List<String> lacking,
      Function<StoreError, CompletionStage<Void>> refusal) {
    return prepare(object)
        .thenApply(prepared -> prepared.lacking(lacking))
        .thenCompose(
            prepared ->
                target
                    .objects()
                    .copy(prepared.copy())
                    .thenCompose(
                        result -> {
                          if (result instanceof CopyResult.Refused refused) {
                            return refusal.apply(refused.error());
                          }
                          ledger.read(object);
                          ledger.settled(Tally.ofCopied(object.size()));
                          bookUncarried(prepared);
                          return CompletableFuture.completedStage(null);
                        }));
  }

  /** Where objects are restored, those of an archive are all for the second way. */
  private boolean isForLater(ObjectSummary object) {
    return object.isUnreadable() || (archived == IfArchived.RESTORE && object.isInArchive());
  }

  /** Of objects in archive tiers, no listing tells: their copies are refused. */
  private CompletionStage<Void> refuse(ObjectSummary object, StoreError error) {
    if (error.isOfArchived()) {
      return leave(object, error);
    }
    fail(object, error);
    return CompletableFuture.completedStage(null);
  }

  /**
   * Does with an archived object what the schema says. One that is restored is booked on the second
   * way, and so is an error of asking for it, which comes again then.
   */
  private CompletionStage<Void> leave(ObjectSummary object, StoreError error) {
    switch (archived) {
      case FAIL -> fail(object, error);
      case SKIP_AND_REPORT -> {
        ledger.read(object);
        ledger.leftArchived(object.key(), object.storageClass());
      }
      case RESTORE -> {
        if (object.restored() == Restored.NO) {
          return request(object).thenAccept(refusal -> {});
        }
      }
    }
    return CompletableFuture.completedStage(null);
  }

  /** Asks for an object to be restored; gives the error that concerns it alone. */
  CompletionStage<Optional<StoreError>> request(ObjectSummary object) {
    return refusal(source.objects().restore(pair.from(), object, restore));
  }

  /** The error that concerns one object alone, if there is one. */
  private static CompletionStage<Optional<StoreError>> refusal(CompletionStage<Void> call) {
    return call.handle(
        (done, thrown) -> {
          if (thrown == null) {
            return Optional.empty();
          }
          if (InFlight.cause(thrown) instanceof StoreException refusal
              && refusal.error().scope() == StoreError.Scope.ENTRY) {
            return Optional.of(refusal.error());
          }
          throw new CompletionException(InFlight.cause(thrown));
        });
  }

  /** Whether there are objects that the first way leaves to the second. */
  boolean restores() {
    return archived == IfArchived.RESTORE;
  }

  /** How long the second way waits for an object that is being restored. */
  Duration look() {
    return restore.tier().look();
  }

  /** The object that the first way has left, if that is what this key has. Waits for the answer. */
  Optional<ObjectSummary> left(Paired paired) {
    if (paired instanceof Paired.OnlySource only && mayBeArchived(only.source())) {
      return Optional.of(only.source());
    }
    if (paired instanceof Paired.Both both
        && mayBeArchived(both.source())
        && !isCopiedOnTheFirstWay(both)
        && InFlight.await(rule(both)) == CollisionRule.COPY) {
      return Optional.of(both.source());
    }
    return Optional.empty();
  }

  /**
   * No listing tells whether a tiered object can be read, and the first way copies those that can.
   * Their copies are younger than they are, and may be all that there is to compare.
   */
  private boolean isCopiedOnTheFirstWay(Paired.Both both) {
    return both.source().isTiered()
        && !both.target().lastModified().isBefore(both.source().lastModified())
        && InFlight.await(same(both)) != SameContent.NO;
  }

  private static boolean mayBeArchived(ObjectSummary object) {
    return object.isInArchive() || object.isTiered();
  }

  /** Settles an object that the first way has left and that is restored now. */
  CompletionStage<Void> settleRestored(ObjectSummary object) {
    return copyReadable(
        object,
        error -> {
          fail(object, error);
          return CompletableFuture.completedStage(null);
        });
  }

  /**
   * Settles an object that may be in an archive tier, and waits for it.
   *
   * @return whether it is settled; otherwise it is being restored
   */
  boolean settleTiered(ObjectSummary object) {
    AtomicBoolean isArchived = new AtomicBoolean();
    InFlight.await(
        copyReadable(
            object,
            error -> {
              isArchived.set(error.isOfArchived());
              if (!error.isOfArchived()) {
                fail(object, error);
              }
              return CompletableFuture.completedStage(null);
            }));
    return !isArchived.get() || isRefused(object);
  }

  /**
   * Asks once more for an object that nobody restores. Waits for the answer.
   *
   * @return whether that was refused, which settles the object
   */
  boolean isRefused(ObjectSummary object) {
    Optional<StoreError> refusal = InFlight.await(request(object));
    refusal.ifPresent(
        error -> {
          ledger.read(object);
          ledger.failed(object.key(), NOT_RESTORED + error.line(), Advice.forRestore(error));
        });
    return refusal.isPresent();
  }

  /** Looks at what a copy does not carry by itself, where the bucket can have such. */
  CompletionStage<Prepared> prepare(ObjectSummary object) {
    return known.features().isEmpty()
        ? CompletableFuture.completedStage(prepared(object, ObjectFeatures.NONE))
        : source
            .objects()
            .features(pair.from(), object.key(), object.versionId(), known.features())
            .thenApply(features -> prepared(object, features));
  }

  private Prepared prepared(ObjectSummary object, ObjectFeatures features) {
    List<String> uncarried = new ArrayList<>(features.uncarried());
    ObjectLock lock = features.lock().at(clock.instant());
    if (!known.targetLocks()) {
      uncarried.addAll(lock.lines());
      lock = ObjectLock.NONE;
    }
    return new Prepared(
        new ObjectCopy(pair.from(), object, pair.to(), pair.encryption(), lock, Optional.empty()),
        uncarried);
  }

  private void bookUncarried(Prepared prepared) {
    if (!prepared.uncarried().isEmpty()) {
      ledger.notCarried(prepared.copy().key(), String.join("; ", prepared.uncarried()));
    }
  }

  private void fail(ObjectSummary object, StoreError error) {
    ledger.read(object);
    ledger.failed(object.key(), error.line(), Advice.forObject(error));
  }
}
