package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.listing.Paired;
import dev.vams.migration.core.listing.SameContent;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectFeatures;
import dev.vams.migration.core.store.ObjectLock;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Settles the objects of one key range, and books what became of them. */
final class ObjectCopier {
  private final Stack source;
  private final Stack target;
  private final BucketPair pair;
  private final BucketPlan known;
  private final IfTargetNotEmpty policy;
  private final boolean isMirror;
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
    known = plan.buckets().getOrDefault(range.descriptor(), BucketPlan.NONE);
    policy = plan.schema().options().ifTargetNotEmpty();
    isMirror = plan.schema().options().deleteExtraneous();
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A copy to be made, and what it will lack. */
  private record Prepared(ObjectCopy copy, List<String> uncarried) {}

  /** Settles an object that one call carries. May be called by any thread. */
  CompletionStage<?> settle(Paired paired) {
    if (paired instanceof Paired.OnlySource only) {
      ledger.read(only.source());
      return copy(only.source());
    }
    if (paired instanceof Paired.Both both) {
      ledger.read(both.source());
      return rule(both)
          .thenCompose(
              rule -> {
                if (rule == CollisionRule.COPY) {
                  return copy(both.source());
                }
                book(rule);
                return CompletableFuture.completedStage(null);
              });
    }
    return paired instanceof Paired.OnlyTarget only && isMirror
        ? delete(only.target())
        : CompletableFuture.completedStage(null);
  }

  /**
   * Deletes what the source has not: both listings are in order, so the source's has passed the
   * key.
   */
  private CompletionStage<Void> delete(ObjectSummary object) {
    return target
        .objects()
        .delete(pair.to(), object)
        .handle(
            (deleted, thrown) -> {
              if (thrown == null) {
                ledger.deleted(object.key());
              } else if (InFlight.cause(thrown) instanceof StoreException refusal
                  && refusal.error().scope() == StoreError.Scope.ENTRY) {
                ledger.failed(
                    object.key(),
                    "not deleted at the target: " + refusal.error().line(),
                    Advice.forDeletion(refusal.error()));
              } else {
                throw new CompletionException(InFlight.cause(thrown));
              }
              return null;
            });
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
        ledger.read(both.source());
        book(rule);
        return true;
      }
      return copyInParts(both.source(), parts, deadline);
    }
    return !(paired instanceof Paired.OnlySource only)
        || copyInParts(only.source(), parts, deadline);
  }

  private boolean copyInParts(ObjectSummary object, PartedCopier parts, Deadline deadline) {
    Prepared prepared = InFlight.await(prepare(object));
    PartedCopier.Outcome outcome = parts.copy(prepared.copy(), deadline, ledger::copiedPart);
    if (outcome instanceof PartedCopier.Outcome.Interrupted) {
      return false;
    }
    ledger.read(object);
    if (outcome instanceof PartedCopier.Outcome.Refused refused) {
      fail(object, refused.error());
    } else {
      ledger.copiedInParts(object);
      bookUncarried(prepared);
    }
    return true;
  }

  private CompletionStage<CollisionRule> rule(Paired.Both both) {
    return SameContent.compare(
            source.objects(),
            pair.from(),
            both.source(),
            target.objects(),
            pair.to(),
            both.target())
        .thenApply(same -> CollisionRule.decide(same, both.source(), both.target(), policy));
  }

  private void book(CollisionRule rule) {
    ledger.settled(rule == CollisionRule.SKIP ? Tally.ofSkipped() : Tally.ofKept());
  }

  private CompletionStage<Void> copy(ObjectSummary object) {
    return prepare(object)
        .thenCompose(
            prepared ->
                target
                    .objects()
                    .copy(prepared.copy())
                    .thenAccept(
                        result -> {
                          if (result instanceof CopyResult.Refused refused) {
                            fail(object, refused.error());
                          } else {
                            ledger.settled(Tally.ofCopied(object.size()));
                            bookUncarried(prepared);
                          }
                        }));
  }

  /** Looks at what a copy does not carry by itself, where the bucket can have such. */
  private CompletionStage<Prepared> prepare(ObjectSummary object) {
    return known.features().isEmpty()
        ? CompletableFuture.completedStage(prepared(object, ObjectFeatures.NONE))
        : source
            .objects()
            .features(pair.from(), object.key(), known.features())
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
        new ObjectCopy(pair.from(), object, pair.to(), pair.encryption(), lock), uncarried);
  }

  private void bookUncarried(Prepared prepared) {
    if (!prepared.uncarried().isEmpty()) {
      ledger.notCarried(prepared.copy().key(), String.join("; ", prepared.uncarried()));
    }
  }

  private void fail(ObjectSummary object, StoreError error) {
    ledger.failed(object.key(), error.line(), Advice.forObject(error));
  }
}
