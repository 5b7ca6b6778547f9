package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Compares versions of both sides of a pair. Safe for use by many threads. */
public final class VersionMatch {

  /**
   * How many pairs of a key's versions are asked for side by side: a history that is held takes a
   * few seconds, and 128 keys, a worker's most, ask for no more than 1,024 at a time, for which the
   * clients have connections.
   */
  private static final int LOOKS_IN_FLIGHT = 4;

  private final Stack source;
  private final Stack target;
  private final BucketPair pair;

  /** Compares versions of this pair. */
  public VersionMatch(Stack source, Stack target, BucketPair pair) {
    this.source = source;
    this.target = target;
    this.pair = pair;
  }

  /**
   * Whether both have the same content; two delete markers have. Waits where the listing does not
   * tell. Where nothing but sizes can be compared, what is older than the source's is no copy.
   */
  public SameContent compare(ObjectVersion here, ObjectVersion there) {
    return compare(here, this::askSource, there, this::askTarget);
  }

  private static SameContent compare(
      ObjectVersion here,
      Function<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> askSource,
      ObjectVersion there,
      Function<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> askTarget) {
    if (here.isDeleteMarker() || there.isDeleteMarker()) {
      return here.isDeleteMarker() && there.isDeleteMarker() ? SameContent.YES : SameContent.NO;
    }
    SameContent same =
        InFlight.await(SameContent.compare(here.object(), askSource, there.object(), askTarget));
    return same == SameContent.UNKNOWN
            && there.object().lastModified().isBefore(here.object().lastModified())
        ? SameContent.NO
        : same;
  }

  private CompletionStage<Optional<ObjectFingerprint>> askSource(ObjectSummary object) {
    return source.objects().fingerprint(pair.from(), object.key(), object.versionId());
  }

  private CompletionStage<Optional<ObjectFingerprint>> askTarget(ObjectSummary object) {
    return target.objects().fingerprint(pair.to(), object.key(), object.versionId());
  }

  /**
   * Whether nothing speaks against it that one is the copy of the other: at the same place of their
   * key's histories, equal sizes are enough where nothing else can be compared.
   */
  public boolean isCopy(ObjectVersion here, ObjectVersion there) {
    return compare(here, there) != SameContent.NO;
  }

  /** Whether one of the target's versions is there once more. */
  public boolean isRepetition(ObjectVersion recognised, ObjectVersion next) {
    return compare(recognised, this::askTarget, next, this::askTarget) == SameContent.YES;
  }

  /**
   * The copies of the first of the source's versions of a key, with which the target's history
   * ends. What lies before them was never the source's. A version that is there once more, because
   * the answer to its copy was lost, is passed over: else the whole history would be written again.
   * Of several ends the one with the most copies is taken, of equal ones the shortest. Asks once
   * for each version at most, and waits.
   *
   * @param here the source's history, the oldest version first
   * @param there the target's
   * @return of the target's versions one for each of the source's, from its first one; empty if the
   *     target's history ends with nothing of the source's
   */
  public List<ObjectVersion> copies(List<ObjectVersion> here, List<ObjectVersion> there) {
    Search search = new Search(here);
    List<ObjectVersion> most = List.of();
    for (int before = 0; there.size() - before >= Math.max(1, most.size()); before++) {
      List<ObjectVersion> copies = search.copies(there.subList(before, there.size()));
      most = copies.size() >= most.size() ? copies : most;
    }
    return most;
  }

  /** Whether the listings allow that both have the same content. */
  private static boolean isAlike(ObjectVersion one, ObjectVersion other) {
    return one.isDeleteMarker() == other.isDeleteMarker() && one.size() == other.size();
  }

  /** A search for the source's history, which remembers what the stores have said. */
  private final class Search {
    private final List<ObjectVersion> here;
    private final Map<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> atSource =
        new HashMap<>();
    private final Map<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> atTarget =
        new HashMap<>();

    Search(List<ObjectVersion> here) {
      this.here = here;
    }

    /** One for each of the first of the source's versions; empty if there is any other version. */
    List<ObjectVersion> copies(List<ObjectVersion> end) {
      List<ObjectVersion> alike = copies(end, VersionMatch::isAlike);
      if (alike.isEmpty() || !isCopy(here.get(0), end.get(0))) {
        return List.of();
      }
      lookAhead(alike);
      return copies(end, this::isCopy);
    }

    private List<ObjectVersion> copies(
        List<ObjectVersion> end, BiPredicate<ObjectVersion, ObjectVersion> isCopy) {
      List<ObjectVersion> copies = new ArrayList<>();
      for (ObjectVersion version : end) {
        int next = copies.size();
        if (next < here.size() && isCopy.test(here.get(next), version)) {
          copies.add(version);
        } else if (next == 0 || !isCopy.test(here.get(next - 1), version)) {
          return List.of();
        }
      }
      return copies;
    }

    /** Asks side by side for what the listings do not tell. */
    private void lookAhead(List<ObjectVersion> alike) {
      InFlight looks = new InFlight(LOOKS_IN_FLIGHT);
      for (int i = 0; i < alike.size(); i++) {
        ObjectVersion original = here.get(i);
        ObjectVersion copy = alike.get(i);
        if (!original.etag().equals(copy.etag())) {
          looks.start(
              () ->
                  known(original, atSource, VersionMatch.this::askSource)
                      .thenCombine(
                          known(copy, atTarget, VersionMatch.this::askTarget), (one, other) -> null)
                      // Whoever compares them gets the error.
                      .handle((none, error) -> null));
        }
      }
      looks.drain();
    }

    private static CompletionStage<Optional<ObjectFingerprint>> known(
        ObjectVersion version,
        Map<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> answers,
        Function<ObjectSummary, CompletionStage<Optional<ObjectFingerprint>>> ask) {
      return answers.computeIfAbsent(version.object(), ask);
    }

    private boolean isCopy(ObjectVersion one, ObjectVersion other) {
      return compare(
              one,
              object -> atSource.computeIfAbsent(object, VersionMatch.this::askSource),
              other,
              object -> atTarget.computeIfAbsent(object, VersionMatch.this::askTarget))
          != SameContent.NO;
    }
  }
}
