package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.store.ObjectFingerprint;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;

/** Compares versions of both sides of a pair. Safe for use by many threads. */
public final class VersionMatch {

  /**
   * How many pairs of versions of a key are looked at side by side: 1,000 pairs take a few seconds,
   * and 64 keys do not ask for more than the clients have connections.
   */
  private static final int LOOKS_IN_FLIGHT = 8;

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
   * What the target's history of a key has of the source's.
   *
   * @param before how many of the target's versions lie before; all of them if it has nothing of
   *     the source's history at its end
   * @param copies the copies of the first of the source's versions, the oldest first
   */
  public record Recognised(int before, List<ObjectVersion> copies) {

    /** Takes a copy of the list. */
    public Recognised {
      copies = List.copyOf(copies);
    }
  }

  /**
   * Whether both have the same content; two delete markers have. Waits where the listing does not
   * tell. Where only sizes can be compared, one that is older than the source's version is not its
   * copy.
   */
  public SameContent compare(ObjectVersion here, ObjectVersion there) {
    return new Looks().compare(here, there);
  }

  /**
   * Whether nothing speaks against it that one is the copy of the other: at the same place of their
   * key's histories, equal sizes are enough where nothing else can be compared.
   */
  public boolean isCopy(ObjectVersion here, ObjectVersion there) {
    return new Looks().isCopy(here, there);
  }

  /** Whether one of the target's versions is the same once more, as of a call that came twice. */
  public boolean isRepetition(ObjectVersion recognised, ObjectVersion next) {
    return new Looks().isRepetition(recognised, next);
  }

  /**
   * Finds the end of the target's history of a key that has most of the source's beginning; of
   * several the shortest. What lies before was never the source's. A version that is there twice is
   * recognised once.
   *
   * @param here the source's history, the oldest version first
   * @param there the target's
   */
  public Recognised recognise(List<ObjectVersion> here, List<ObjectVersion> there) {
    Looks looks = new Looks();
    Recognised most = new Recognised(there.size(), List.of());
    for (int before = 0; before < there.size() - most.copies().size() + 1; before++) {
      List<ObjectVersion> copies = looks.copies(here, there.subList(before, there.size()));
      if (!copies.isEmpty() && copies.size() >= most.copies().size()) {
        most = new Recognised(before, copies);
      }
    }
    return most;
  }

  /** The first of the source's versions at the target; empty if it has anything else. */
  private static List<ObjectVersion> copies(
      List<ObjectVersion> here,
      List<ObjectVersion> there,
      BiPredicate<ObjectVersion, ObjectVersion> isCopy,
      BiPredicate<ObjectVersion, ObjectVersion> isRepetition) {
    List<ObjectVersion> copies = new ArrayList<>();
    for (ObjectVersion next : there) {
      int found = copies.size();
      if (found < here.size() && isCopy.test(here.get(found), next)) {
        copies.add(next);
      } else if (found == 0 || !isRepetition.test(copies.get(found - 1), next)) {
        return List.of();
      }
    }
    return copies;
  }

  /** Whether the listings allow that both have the same content. */
  private static boolean isAlike(ObjectVersion one, ObjectVersion other) {
    return one.isDeleteMarker() == other.isDeleteMarker() && one.size() == other.size();
  }

  /** Looks at versions, at each once. Belongs to one thread. */
  private final class Looks {
    private final Map<Looked, CompletionStage<Optional<ObjectFingerprint>>> known = new HashMap<>();

    List<ObjectVersion> copies(List<ObjectVersion> here, List<ObjectVersion> there) {
      List<ObjectVersion> alike =
          VersionMatch.copies(here, there, VersionMatch::isAlike, VersionMatch::isAlike);
      if (alike.isEmpty() || !isCopy(here.get(0), there.get(0))) {
        return List.of();
      }
      lookAhead(here, alike);
      return VersionMatch.copies(here, there, this::isCopy, this::isRepetition);
    }

    /** Looks side by side at what the listings do not tell. */
    private void lookAhead(List<ObjectVersion> here, List<ObjectVersion> alike) {
      InFlight looks = new InFlight(LOOKS_IN_FLIGHT);
      for (int i = 0; i < alike.size(); i++) {
        ObjectVersion original = here.get(i);
        ObjectVersion copy = alike.get(i);
        if (!original.etag().equals(copy.etag())) {
          looks.start(
              () ->
                  CompletableFuture.allOf(
                          look(source, pair.from(), original).toCompletableFuture(),
                          look(target, pair.to(), copy).toCompletableFuture())
                      // Whoever compares them gets the error.
                      .handle((none, error) -> null));
        }
      }
      looks.drain();
    }

    boolean isCopy(ObjectVersion here, ObjectVersion there) {
      return compare(here, there) != SameContent.NO;
    }

    SameContent compare(ObjectVersion here, ObjectVersion there) {
      SameContent same = compare(source, pair.from(), here, there);
      return same == SameContent.UNKNOWN && there.lastModified().isBefore(here.lastModified())
          ? SameContent.NO
          : same;
    }

    boolean isRepetition(ObjectVersion recognised, ObjectVersion next) {
      return compare(target, pair.to(), recognised, next) == SameContent.YES;
    }

    private SameContent compare(
        Stack stack, String bucket, ObjectVersion one, ObjectVersion there) {
      if (one.isDeleteMarker() || there.isDeleteMarker()) {
        return one.isDeleteMarker() && there.isDeleteMarker() ? SameContent.YES : SameContent.NO;
      }
      return InFlight.await(
          SameContent.compare(
              one.object(),
              () -> look(stack, bucket, one),
              there.object(),
              () -> look(target, pair.to(), there)));
    }

    private CompletionStage<Optional<ObjectFingerprint>> look(
        Stack stack, String bucket, ObjectVersion version) {
      return known.computeIfAbsent(
          new Looked(bucket, version.versionId()),
          any ->
              stack.objects().fingerprint(bucket, version.key(), Optional.of(version.versionId())));
    }
  }

  /** One version of the key at hand. */
  private record Looked(String bucket, String versionId) {}
}
