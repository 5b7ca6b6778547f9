package dev.vams.migration.core.transfer;

import dev.vams.migration.core.journal.CopiedVersion;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.listing.History;
import dev.vams.migration.core.listing.PairedHistory;
import dev.vams.migration.core.listing.VersionMatch;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Predecessor;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the target's history of a key end with the source's, the oldest version first. Versions
 * that are there already are recognised by their place and content, and not written again. One that
 * is there twice, because a call took effect late, counts once:
 *
 * <pre>
 * the target's history                   | MERGE            | FAIL, OVERWRITE
 * ---------------------------------------|------------------|------------------------------
 * is a beginning of the source's         | the rest follows | the rest follows
 * ends with a beginning of the source's  | is kept          | the rest follows
 * is any other                           | is kept          | the source's follows, whole
 * </pre>
 *
 * <p>A version that cannot be copied leaves those after it for later: behind a gap they would be in
 * the wrong place for good. Waits for each call. Safe for use by many threads, each with keys of
 * its own.
 */
final class HistorySettler {

  /** How often a version is written at most. Between the attempts the target is looked at. */
  private static final int MOST_ATTEMPTS = 4;

  private static final StoreError WRITTEN_BY_OTHERS =
      new StoreError(
          "Conflict",
          "another version of this key was written to the target meanwhile",
          StoreError.Scope.ENTRY);

  private final Stack source;
  private final Stack target;
  private final BucketPair pair;
  private final IfTargetNotEmpty policy;
  private final ObjectCopier objects;
  private final PartedCopier parts;
  private final CopyLedger ledger;
  private final VersionMatch match;
  private final long largestCopy;
  private final Backoff backoff;
  private final Pause pause;

  /**
   * @param parts copies what is too large for one call; not safe for use by several threads
   * @param ledger hears of what is settled at once; it is booked by whom {@link #settle} is given
   * @param backoff how long to wait before a call is repeated
   */
  HistorySettler(
      Stack source,
      Stack target,
      MigrationPlan plan,
      KeyRange range,
      ObjectCopier objects,
      PartedCopier parts,
      CopyLedger ledger,
      long largestCopy,
      Backoff backoff,
      Pause pause) {
    this.source = source;
    this.target = target;
    pair = plan.bucket(range.descriptor());
    policy = plan.schema().options().ifTargetNotEmpty();
    this.objects = objects;
    this.parts = parts;
    this.ledger = ledger;
    this.largestCopy = largestCopy;
    this.backoff = backoff;
    this.pause = pause;
    match = new VersionMatch(source, target, pair);
  }

  /** What came of writing a version. */
  private sealed interface Written {

    /** It is the newest one at the target, and others can be written behind it. */
    record Done(Predecessor copy, List<String> uncarried) implements Written {}

    /** It cannot be copied; others may. */
    record Refused(StoreError error) implements Written {}

    /** The deadline was reached. */
    record Interrupted() implements Written {}
  }

  /**
   * Settles a key; writes at least one version if one is to be written.
   *
   * @param books takes what is to be booked, in its order
   * @return whether the key is settled; otherwise the deadline was reached before, and whoever
   *     settles the key next books all of it
   */
  boolean settle(PairedHistory histories, Deadline deadline, Consumer<Consumer<CopyLedger>> books) {
    return histories.source().isEmpty()
        || new Settlement(histories.source().get(), histories.target(), deadline, books).settle();
  }

  /** The way of one key. */
  private final class Settlement {
    private final Iterator<ObjectVersion> wanted;
    private final Iterator<ObjectVersion> there;
    private final boolean isMatched;
    private final Deadline deadline;
    private final Consumer<Consumer<CopyLedger>> books;

    /** The target's newest version of the key, as far as it is known. */
    private Predecessor newest;

    /** The newest of the target's versions that are recognised. */
    private ObjectVersion recognised;

    Settlement(
        History history,
        Optional<History> copies,
        Deadline deadline,
        Consumer<Consumer<CopyLedger>> books) {
      this.deadline = deadline;
      this.books = books;
      wanted = history.oldestFirst(source.objects(), pair.from());
      newest = copies.map(known -> Predecessor.of(known.newest())).orElse(Predecessor.NONE);
      isMatched = policy != IfTargetNotEmpty.MERGE && history.isHeld();
      there =
          isMatched
              ? ownCopies(history.held(), copies.map(History::held).orElse(List.of()))
              : History.oldestFirst(copies, target.objects(), pair.to());
    }

    /** Those of the target's versions that are known to be copies of the first of the source's. */
    private Iterator<ObjectVersion> ownCopies(
        List<ObjectVersion> history, List<ObjectVersion> copies) {
      return match.recognise(history, copies).copies().iterator();
    }

    boolean settle() {
      while (wanted.hasNext()) {
        ObjectVersion version = read();
        boolean isThere = false;
        while (!isThere && there.hasNext()) {
          ObjectVersion next = there.next();
          isThere = isMatched || match.isCopy(version, next);
          if (isThere) {
            recognised = next;
          } else if (!isRepetition(next)) {
            leave(version);
            return true;
          }
        }
        if (isThere && !wanted.hasNext() && hasNewer()) {
          fail(version, "the target has newer versions of this key", Advice.ANOTHER_HISTORY);
        } else if (isThere) {
          book(Tally.ofSkipped());
          map(version, recognised.versionId());
        } else {
          Written written = write(version);
          if (written instanceof Written.Interrupted) {
            return false;
          }
          if (written instanceof Written.Refused refused) {
            fail(version, refused.error().line(), Advice.forVersion(refused.error()));
            failRest(
                "waits for version %s, which could not be copied".formatted(version.versionId()));
            return true;
          }
          bookCopied(version, (Written.Done) written);
          if (wanted.hasNext() && deadline.reached()) {
            return false;
          }
        }
      }
      return true;
    }

    private boolean isRepetition(ObjectVersion next) {
      return recognised != null && match.isRepetition(recognised, next);
    }

    /** Whether the target goes on where the source ends, and is not to keep what it has. */
    private boolean hasNewer() {
      while (policy != IfTargetNotEmpty.MERGE && there.hasNext()) {
        if (!isRepetition(there.next())) {
          return true;
        }
      }
      return false;
    }

    private ObjectVersion read() {
      ObjectVersion version = wanted.next();
      books.accept(book -> book.read(version));
      return version;
    }

    private void bookCopied(ObjectVersion version, Written.Done written) {
      newest = written.copy();
      map(version, newest.versionId().orElseThrow());
      if (version.size() > largestCopy) {
        // Its bytes were told of part by part.
        ledger.tell(Tally.ofCopied(0));
        books.accept(book -> book.book(Tally.ofCopied(version.size())));
      } else {
        book(version.isDeleteMarker() ? Tally.ofDeleteMarker() : Tally.ofCopied(version.size()));
      }
      if (!written.uncarried().isEmpty()) {
        String what = String.join("; ", written.uncarried());
        books.accept(book -> book.notCarried(entry(version), what));
      }
    }

    private void map(ObjectVersion version, String versionId) {
      CopiedVersion copied = new CopiedVersion(version.key(), version.versionId(), versionId);
      books.accept(book -> book.copiedVersion(copied));
    }

    private void book(Tally change) {
      ledger.tell(change);
      books.accept(book -> book.book(change));
    }

    /** What the target has is another history, which no version can be put in front of. */
    private void leave(ObjectVersion version) {
      if (policy == IfTargetNotEmpty.MERGE) {
        book(Tally.ofKept());
        while (wanted.hasNext()) {
          read();
          book(Tally.ofKept());
        }
      } else {
        String error =
            "the target has another history of this key, which is too long to be looked through";
        fail(version, error, Advice.ANOTHER_HISTORY);
        failRest(error);
      }
    }

    private void failRest(String error) {
      while (wanted.hasNext()) {
        fail(read(), error, Advice.RETRY);
      }
    }

    private void fail(ObjectVersion version, String error, String advice) {
      ledger.tell(Tally.ofFailed());
      books.accept(book -> book.bookFailed(entry(version), error, advice));
    }

    /**
     * Writes a version. A call whose answer was lost may have taken effect, and a version more
     * could not be taken back: so the target is looked at before the call is repeated. As it may
     * take effect later still, each call is made under the condition that the target's newest
     * version is the one that is known.
     */
    private Written write(ObjectVersion version) {
      Optional<ObjectCopier.Prepared> prepared =
          version.isDeleteMarker()
              ? Optional.empty()
              : Optional.of(InFlight.await(objects.prepare(version.object())));
      List<String> uncarried = prepared.map(ObjectCopier.Prepared::uncarried).orElse(List.of());
      for (int attempt = 1; ; attempt++) {
        Written written = attempt(version, prepared, uncarried);
        if (!(written instanceof Written.Refused refused) || !isUnclear(refused.error())) {
          return written;
        }
        boolean mayBeInTheAir = !isAnswered(refused.error());
        if (mayBeInTheAir) {
          InFlight.await(pause.after(backoff.delay(attempt)));
        }
        Optional<ObjectVersion> found = newestCopy(version.key());
        if (!newest.versionId().equals(found.map(ObjectVersion::versionId))) {
          return found.filter(next -> match.isCopy(version, next)).isPresent()
              ? new Written.Done(Predecessor.of(found.get()), uncarried)
              : new Written.Refused(WRITTEN_BY_OTHERS);
        }
        if (!mayBeInTheAir) {
          return written;
        }
        if (attempt == MOST_ATTEMPTS) {
          return givenUp(refused.error());
        }
      }
    }

    /** Whether the version may have been written all the same. */
    private boolean isUnclear(StoreError error) {
      return error.scope() == StoreError.Scope.TRANSIENT
          || StoreError.CONFLICTS.contains(error.code());
    }

    /**
     * Whether the call has ended. What is said of a condition holds for the source or the target.
     */
    private boolean isAnswered(StoreError error) {
      return error.code().equals(StoreError.PRECONDITION_FAILED)
          || error.code().equals(StoreError.NO_SUCH_KEY);
    }

    private Written givenUp(StoreError error) {
      if (error.scope() == StoreError.Scope.TRANSIENT && !error.isOfServiceItself()) {
        throw new StoreException("copying versions to bucket " + pair.to(), error);
      }
      // The service answers, but not for this object.
      return new Written.Refused(
          new StoreError(error.code(), error.message(), StoreError.Scope.ENTRY));
    }

    private Written attempt(
        ObjectVersion version, Optional<ObjectCopier.Prepared> prepared, List<String> uncarried) {
      Optional<ObjectCopy> copy = prepared.map(known -> known.copy().behind(newest));
      if (version.size() > largestCopy) {
        // An error that is not of this object alone is left to the workflow: parts have been
        // repeated, and no more of them are started.
        return inParts(copy.orElseThrow(), uncarried);
      }
      try {
        CopyResult result =
            InFlight.await(
                copy.isPresent()
                    ? target.objects().copy(copy.get())
                    : target.objects().addDeleteMarker(pair.to(), version.key(), newest));
        return result instanceof CopyResult.Refused refused
            ? new Written.Refused(refused.error())
            : done((CopyResult.Copied) result, uncarried);
      } catch (StoreException e) {
        if (e.error().scope() != StoreError.Scope.TRANSIENT) {
          throw e;
        }
        return new Written.Refused(e.error());
      }
    }

    private Written inParts(ObjectCopy copy, List<String> uncarried) {
      PartedCopier.Outcome outcome = parts.copy(copy, deadline, ledger::copiedPart);
      if (outcome instanceof PartedCopier.Outcome.Interrupted) {
        return new Written.Interrupted();
      }
      return outcome instanceof PartedCopier.Outcome.Refused refused
          ? new Written.Refused(refused.error())
          : done(((PartedCopier.Outcome.Copied) outcome).copied(), uncarried);
    }

    /** A suspended bucket calls its one version null, as a text, and replaces it with the next. */
    private Written done(CopyResult.Copied copied, List<String> uncarried) {
      if (copied.versionId().filter(id -> !id.equals(ObjectVersion.UNVERSIONED)).isEmpty()) {
        throw new StoreException(
            "copying versions to bucket " + pair.to(),
            new StoreError(
                "NoVersions",
                "the bucket has stopped keeping versions; switch its versioning on again",
                StoreError.Scope.UNIT));
      }
      return new Written.Done(new Predecessor(copied.versionId(), copied.etag()), uncarried);
    }

    private Optional<ObjectVersion> newestCopy(String key) {
      return InFlight.await(target.objects().listVersions(pair.to(), key, VersionMarker.START, 1))
          .versions()
          .stream()
          .filter(version -> version.key().equals(key))
          .findFirst();
    }
  }

  /** How logs name a version. */
  private static String entry(ObjectVersion version) {
    return "%s, version %s".formatted(version.key(), version.versionId());
  }
}
