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
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.CopyResult;
import dev.vams.migration.core.store.CurrentVersion;
import dev.vams.migration.core.store.ObjectCopy;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectSummary.Restored;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreException;
import dev.vams.migration.core.store.VersionMarker;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes the target's history of a key end with the source's, the oldest version first. Versions
 * that are there already are recognised by their place and content, and not written again:
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
 * the wrong place for good. Where archived versions are left or restored, none of a key is written
 * while one that is to be written is known to be archived.
 *
 * <p>In a mirror, a key that only the target has is deleted: its history ends with a delete marker
 * then, and stays. Waits for each call. Safe for use by many threads, each with keys of its own.
 */
final class HistorySettler {

  /** How often a version is written at most. Between the attempts the service has answered. */
  private static final int MOST_ATTEMPTS = 4;

  private static final String UNVERSIONED = "null";

  private static final Set<String> CODES_OF_ONE_OBJECT =
      Set.of(
          "InternalError",
          "HTTP 500",
          "PreconditionFailed",
          "NoSuchKey",
          "ConditionalRequestConflict");

  /** Conditions that did not hold, of the source or the target: the call had no effect. */
  private static final Set<String> ANSWERED = Set.of("PreconditionFailed", "NoSuchKey");

  private static final StoreError WRITTEN_BY_OTHERS =
      new StoreError(
          "AnotherVersion",
          "somebody else has written this key at the target meanwhile",
          StoreError.Scope.ENTRY);

  private final Stack source;
  private final Stack target;
  private final BucketPair pair;
  private final IfTargetNotEmpty policy;
  private final IfArchived archived;
  private final boolean isMirror;
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
   * @param backoff how long to wait before a version is written once more
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
    archived = plan.schema().options().archived();
    isMirror = plan.schema().options().deleteExtraneous();
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

    /** It is the newest one at the target, as this version. */
    record Done(CurrentVersion version, List<String> uncarried) implements Written {}

    /** It cannot be copied; others may. */
    record Refused(StoreError error) implements Written {}

    /** The deadline was reached. */
    record Interrupted() implements Written {}
  }

  /** What became of a key. If it is not settled, whoever settles it next books all of it. */
  enum Outcome {
    /** It has what it is to have, or what it has not is booked. */
    SETTLED,
    /** A version is being restored. */
    NOT_RESTORED,
    /** The deadline was reached before its end. */
    LATE
  }

  /** A version whose restore was refused. */
  private record NotRestored(ObjectVersion version, StoreError error) {}

  /**
   * Settles a key; writes at least one version if one is to be written and can be.
   *
   * @param books takes what is to be booked, in its order
   */
  Outcome settle(PairedHistory histories, Deadline deadline, Consumer<Consumer<CopyLedger>> books) {
    if (histories.source().isPresent()) {
      return new Settlement(histories, deadline, books).settle();
    }
    if (isMirror && histories.isExtraneous()) {
      delete(histories.target().orElseThrow().newest().object(), books);
    }
    return Outcome.SETTLED;
  }

  /** A deletion is booked at once: the next worker would not see that there was one. */
  private void delete(ObjectSummary object, Consumer<Consumer<CopyLedger>> books) {
    Optional<StoreError> refusal = InFlight.await(objects.deleteExtraneous(object));
    refusal.ifPresent(
        error ->
            fail(
                object.key(),
                ObjectCopier.NOT_DELETED + error.line(),
                Advice.forDeletion(error),
                books));
  }

  private void fail(
      String entry, String error, String advice, Consumer<Consumer<CopyLedger>> books) {
    ledger.tell(Tally.ofFailed());
    books.accept(book -> book.bookFailed(entry, error, advice));
  }

  /**
   * Asks for what is archived of a key that the source has, as far as the target has it not. Books
   * nothing.
   */
  void ask(PairedHistory histories) {
    refusalOfRestore(histories);
  }

  private Optional<NotRestored> refusalOfRestore(PairedHistory histories) {
    return new Settlement(histories, () -> false, entry -> {}).ask();
  }

  /** What the target has at a version's place. */
  private enum Found {
    COPY,
    ANOTHER,
    NOTHING
  }

  /** The way of one key. */
  private final class Settlement {
    private final PairedHistory histories;
    private final History history;
    private final Iterator<ObjectVersion> wanted;
    private final Iterator<ObjectVersion> there;
    private final boolean isMatched;
    private final Deadline deadline;
    private final Consumer<Consumer<CopyLedger>> books;

    /** The target's newest version of the key, as far as it is known. */
    private CurrentVersion newest;

    /** The newest of the target's versions that are recognised; null if there is none. */
    private ObjectVersion recognised;

    /** How many of the source's versions were read. */
    private long read;

    Settlement(PairedHistory histories, Deadline deadline, Consumer<Consumer<CopyLedger>> books) {
      this.histories = histories;
      this.deadline = deadline;
      this.books = books;
      history = histories.source().orElseThrow();
      Optional<History> copies = histories.target();
      wanted = history.oldestFirst(source.objects(), pair.from());
      newest = copies.map(known -> CurrentVersion.of(known.newest())).orElse(CurrentVersion.NONE);
      // Of a longer history at the target, the newest versions are enough.
      isMatched = policy != IfTargetNotEmpty.MERGE && history.isHeld();
      there =
          isMatched
              ? ownCopies(history.held(), copies.map(History::held).orElse(List.of()))
              : History.oldestFirst(copies, target.objects(), pair.to());
    }

    /** Those of the target's versions that are known to be copies of the first of the source's. */
    private Iterator<ObjectVersion> ownCopies(
        List<ObjectVersion> history, List<ObjectVersion> copies) {
      return match.copies(history, copies).iterator();
    }

    Outcome settle() {
      while (wanted.hasNext()) {
        ObjectVersion version = read();
        Found found = find(version);
        if (found == Found.ANOTHER) {
          leave(version);
          return Outcome.SETTLED;
        }
        if (found == Found.COPY && !wanted.hasNext() && hasNewer()) {
          fail(version, "the target has newer versions of this key", Advice.ANOTHER_HISTORY);
        } else if (found == Found.COPY) {
          book(Tally.ofSkipped());
          map(version, recognised.versionId());
        } else if (isArchivedFromHere() && archived != IfArchived.FAIL) {
          return settleArchived(version);
        } else {
          Written written = write(version);
          if (written instanceof Written.Interrupted) {
            return Outcome.LATE;
          }
          if (written instanceof Written.Refused refused) {
            return settleRefused(version, refused.error());
          }
          bookCopied(version, (Written.Done) written);
          if (wanted.hasNext() && deadline.reached()) {
            return Outcome.LATE;
          }
        }
      }
      return Outcome.SETTLED;
    }

    /** Asks for each archived version that the target has not; gives the first refusal. */
    Optional<NotRestored> ask() {
      Optional<NotRestored> first = Optional.empty();
      while (wanted.hasNext()) {
        ObjectVersion version = wanted.next();
        Found found = find(version);
        if (found == Found.ANOTHER) {
          return first;
        }
        if (found == Found.NOTHING
            && version.object().isUnreadable()
            && version.restored() == Restored.NO) {
          Optional<NotRestored> refusal = request(version);
          first = first.or(() -> refusal);
        }
      }
      return first;
    }

    private Optional<NotRestored> request(ObjectVersion version) {
      return InFlight.await(objects.request(version.object()))
          .map(error -> new NotRestored(version, error));
    }

    /** Goes on in the target's history. What is there once more is passed over. */
    private Found find(ObjectVersion version) {
      while (there.hasNext()) {
        ObjectVersion next = there.next();
        if (isMatched || match.isCopy(version, next)) {
          recognised = next;
          return Found.COPY;
        }
        if (!isRepetition(next)) {
          return Found.ANOTHER;
        }
      }
      return Found.NOTHING;
    }

    private boolean isRepetition(ObjectVersion next) {
      return recognised != null && match.isRepetition(recognised, next);
    }

    /**
     * Whether the target's history goes on where the source's ends, though it is not to be kept.
     */
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
      read++;
      return version;
    }

    /** Whether the version that was just read is archived, or one after it. */
    private boolean isArchivedFromHere() {
      return history.readable() <= history.count() - read;
    }

    private Outcome settleArchived(ObjectVersion version) {
      return archived == IfArchived.SKIP_AND_REPORT
          ? leaveArchived(version, reason(version))
          : awaitRestore(version, refusalOfRestore(histories));
    }

    /** Of what is in an archive tier no listing tells: its copy is refused. */
    private Outcome settleRefused(ObjectVersion version, StoreError error) {
      if (!error.isOfArchived() || archived == IfArchived.FAIL) {
        fail(version, error.line(), Advice.forVersion(error));
        failRest("waits for version %s, which could not be copied".formatted(version.versionId()));
        return Outcome.SETTLED;
      }
      return archived == IfArchived.SKIP_AND_REPORT
          ? leaveArchived(version, version.storageClass())
          : awaitRestore(version, request(version));
    }

    private Outcome leaveArchived(ObjectVersion version, String reason) {
      bookArchived(version, reason);
      while (wanted.hasNext()) {
        ObjectVersion next = read();
        bookArchived(next, reason(next));
      }
      return Outcome.SETTLED;
    }

    private void bookArchived(ObjectVersion version, String reason) {
      ledger.tell(Tally.ofArchived());
      books.accept(book -> book.bookLeftArchived(entry(version), reason));
    }

    private Outcome awaitRestore(ObjectVersion version, Optional<NotRestored> refusal) {
      if (refusal.isEmpty()) {
        return Outcome.NOT_RESTORED;
      }
      failUnrestored(version, refusal.get());
      while (wanted.hasNext()) {
        failUnrestored(read(), refusal.get());
      }
      return Outcome.SETTLED;
    }

    private void failUnrestored(ObjectVersion version, NotRestored refused) {
      if (version.equals(refused.version())) {
        fail(
            version,
            ObjectCopier.NOT_RESTORED + refused.error().line(),
            Advice.forRestore(refused.error()));
      } else {
        fail(
            version,
            "waits for version %s, which is not restored".formatted(refused.version().versionId()),
            Advice.RETRY);
      }
    }

    private void bookCopied(ObjectVersion version, Written.Done written) {
      newest = written.version();
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
      HistorySettler.this.fail(entry(version), error, advice, books);
    }

    /**
     * Writes a version behind the one that is known to be the newest. A call whose answer was lost
     * may have taken effect, and a version more could not be taken back: so the target is looked at
     * before the call is repeated, and where another version is the newest meanwhile, as when a
     * killed worker's call took effect late, the service refuses it.
     */
    private Written write(ObjectVersion version) {
      if (version.object().isUnreadable()) {
        return new Written.Refused(StoreError.archived(version.storageClass()));
      }
      Optional<ObjectCopier.Prepared> prepared =
          version.isDeleteMarker()
              ? Optional.empty()
              : Optional.of(InFlight.await(objects.prepare(version.object())));
      List<String> uncarried = prepared.map(ObjectCopier.Prepared::uncarried).orElse(List.of());
      StoreException failure = null;
      for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        try {
          Written written = attempt(version, prepared, uncarried);
          if (!(written instanceof Written.Refused refused && refused.error().isOfCondition())) {
            return written;
          }
          failure = new StoreException("copying to bucket " + pair.to(), refused.error());
        } catch (StoreException e) {
          if (e.error().scope() != StoreError.Scope.TRANSIENT) {
            throw e;
          }
          failure = e;
        }
        boolean isAnswered = ANSWERED.contains(failure.error().code());
        if (!isAnswered) {
          // What is in the air gets time to take effect, and the service to recover.
          InFlight.await(pause.after(backoff.delay(attempt)));
        }
        Optional<ObjectVersion> found = newestCopy(version.key());
        if (!newest.versionId().equals(found.map(ObjectVersion::versionId))) {
          return found.isPresent() && match.isCopy(version, found.get())
              ? new Written.Done(CurrentVersion.of(found.get()), uncarried)
              : new Written.Refused(WRITTEN_BY_OTHERS);
        }
        if (isAnswered || version.size() > largestCopy) {
          // It is the source that has changed, or parts failed: the next worker tries them again.
          break;
        }
      }
      if (CODES_OF_ONE_OBJECT.contains(failure.error().code())) {
        // The service answers, but not for this object.
        StoreError error = failure.error();
        return new Written.Refused(
            new StoreError(error.code(), error.message(), StoreError.Scope.ENTRY));
      }
      throw failure;
    }

    private Written attempt(
        ObjectVersion version, Optional<ObjectCopier.Prepared> prepared, List<String> uncarried) {
      Optional<ObjectCopy> copy = prepared.map(known -> known.copy().behind(newest));
      if (version.size() > largestCopy) {
        return inParts(copy.orElseThrow(), uncarried);
      }
      CopyResult result =
          InFlight.await(
              copy.isPresent()
                  ? target.objects().copy(copy.get())
                  : target.objects().addDeleteMarker(pair.to(), version.key(), newest));
      return result instanceof CopyResult.Refused refused
          ? new Written.Refused(refused.error())
          : new Written.Done(kept(((CopyResult.Copied) result).version()), uncarried);
    }

    private Written inParts(ObjectCopy copy, List<String> uncarried) {
      PartedCopier.Outcome outcome = parts.copy(copy, deadline, ledger::copiedPart);
      if (outcome instanceof PartedCopier.Outcome.Interrupted) {
        return new Written.Interrupted();
      }
      return outcome instanceof PartedCopier.Outcome.Refused refused
          ? new Written.Refused(refused.error())
          : new Written.Done(kept(((PartedCopier.Outcome.Copied) outcome).version()), uncarried);
    }

    /** A bucket whose versioning is suspended calls what is written the version null. */
    private CurrentVersion kept(CurrentVersion version) {
      if (version.versionId().filter(id -> !id.equals(UNVERSIONED)).isEmpty()) {
        throw new StoreException(
            "copying versions to bucket " + pair.to(),
            new StoreError(
                "NoVersions",
                "the bucket has stopped keeping versions; switch its versioning on again",
                StoreError.Scope.RUN));
      }
      return version;
    }

    private Optional<ObjectVersion> newestCopy(String key) {
      return InFlight.await(target.objects().listVersions(pair.to(), key, VersionMarker.START, 1))
          .versions()
          .stream()
          .filter(version -> version.key().equals(key))
          .findFirst();
    }
  }

  private static String reason(ObjectVersion version) {
    return version.object().isUnreadable()
        ? version.storageClass()
        : "waits for a version that is archived";
  }

  /** How logs name a version. */
  private static String entry(ObjectVersion version) {
    return "%s, version %s".formatted(version.key(), version.versionId());
  }
}
