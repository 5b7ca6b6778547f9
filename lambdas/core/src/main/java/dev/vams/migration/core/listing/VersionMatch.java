package dev.vams.migration.core.listing;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.store.ObjectVersion;
import dev.vams.migration.core.store.Stack;
import java.util.List;

/** Compares versions of both sides of a pair. Safe for use by many threads. */
public final class VersionMatch {
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
    if (here.isDeleteMarker() || there.isDeleteMarker()) {
      return here.isDeleteMarker() && there.isDeleteMarker() ? SameContent.YES : SameContent.NO;
    }
    SameContent same =
        InFlight.await(
            SameContent.compare(
                source.objects(),
                pair.from(),
                here.object(),
                target.objects(),
                pair.to(),
                there.object()));
    return same == SameContent.UNKNOWN
            && there.object().lastModified().isBefore(here.object().lastModified())
        ? SameContent.NO
        : same;
  }

  /**
   * Whether nothing speaks against it that one is the copy of the other: at the same place of their
   * key's histories, equal sizes are enough where nothing else can be compared.
   */
  public boolean isCopy(ObjectVersion here, ObjectVersion there) {
    return compare(here, there) != SameContent.NO;
  }

  /**
   * Where in the target's history of a key the source's begins: the longest end of it that is a
   * beginning of the source's. What lies before was never the source's.
   *
   * @param here the source's history, the oldest version first
   * @param there the target's
   * @return how many of the target's versions lie before; all of them if it has nothing of the
   *     source's history at its end
   */
  public int beginning(List<ObjectVersion> here, List<ObjectVersion> there) {
    int before = Math.max(0, there.size() - here.size());
    while (!isBeginning(here, there.subList(before, there.size()))) {
      before++;
    }
    return before;
  }

  private boolean isBeginning(List<ObjectVersion> here, List<ObjectVersion> beginning) {
    for (int i = 0; i < beginning.size(); i++) {
      if (!isCopy(here.get(i), beginning.get(i))) {
        return false;
      }
    }
    return true;
  }
}
