package dev.vams.migration.core.journal;

import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.store.KeyOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks versions up in the files that the copy of a run has left. The units of a pair are ranges of
 * keys, and the parts of a unit, followed by those of its shares, are sorted: the part is found by
 * its first entry, in as many steps as halving takes. The last {@value #PARTS_HELD} parts are held,
 * so that neighbours cost nothing. Safe for use by many threads.
 */
public final class SortedVersionMap implements VersionMap {

  /** A part is about 256 KiB of text, some 1,500 versions. */
  private static final int PARTS_HELD = 16;

  private final Journal journal;
  private final Map<String, List<KeyRange>> ranges = new HashMap<>();
  private final Map<KeyRange, List<Part>> parts = new HashMap<>();
  private final Map<String, List<CopiedVersion>> held =
      new LinkedHashMap<>(PARTS_HELD, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<CopiedVersion>> eldest) {
          return size() > PARTS_HELD;
        }
      };

  /** A part, and the run whose file it is: an earlier one if that has copied the unit. */
  private record Part(Journal journal, String file, String firstKey) {}

  /**
   * @param phase the phase that has all units of the run
   */
  public SortedVersionMap(Journal journal, String phase) {
    this.journal = journal;
    journal.forEachUnit(
        phase,
        unit -> {
          if (unit instanceof KeyRange range) {
            ranges.computeIfAbsent(range.descriptor(), any -> new ArrayList<>()).add(range);
          }
        });
  }

  @Override
  public synchronized Optional<String> newVersionId(
      String descriptor, String key, String versionId) {
    return ranges.getOrDefault(descriptor, List.of()).stream()
        .filter(range -> contains(range, key))
        .findFirst()
        .flatMap(range -> find(parts.computeIfAbsent(range, this::partsOf), key, versionId));
  }

  private static boolean contains(KeyRange range, String key) {
    return KeyOrder.UTF_8.compare(key, range.after()) > 0
        && (range.through().isEmpty() || KeyOrder.UTF_8.compare(key, range.through()) <= 0);
  }

  private List<Part> partsOf(KeyRange range) {
    Journal copied = journal.done(range.id()).map(DoneMarker::run).map(journal::of).orElse(journal);
    List<Part> sorted = new ArrayList<>();
    List<String> files = new ArrayList<>(copied.versionParts(range.id()));
    copied
        .split(range.id())
        .map(Split::shares)
        .orElse(List.of())
        .forEach(share -> files.addAll(copied.versionParts(share.id())));
    for (String file : files) {
      try (Stream<CopiedVersion> entries = copied.copiedVersions(file)) {
        Iterator<CopiedVersion> all = entries.iterator();
        // An empty part is what a stopped worker left.
        if (all.hasNext()) {
          sorted.add(new Part(copied, file, all.next().key()));
        }
      }
    }
    return sorted;
  }

  private Optional<String> find(List<Part> sorted, String key, String versionId) {
    // The first part that begins with this key or a greater one; the key may begin in the one
    // before it.
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (KeyOrder.UTF_8.compare(sorted.get(middle).firstKey(), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = Math.max(0, low - 1); i < sorted.size(); i++) {
      List<CopiedVersion> entries = entries(sorted.get(i));
      Optional<CopiedVersion> found =
          entries.stream()
              .filter(entry -> entry.key().equals(key) && entry.from().equals(versionId))
              .findFirst();
      if (found.isPresent()
          || KeyOrder.UTF_8.compare(entries.get(entries.size() - 1).key(), key) > 0) {
        return found.map(CopiedVersion::to);
      }
    }
    return Optional.empty();
  }

  private List<CopiedVersion> entries(Part part) {
    return held.computeIfAbsent(
        part.file(),
        file -> {
          try (Stream<CopiedVersion> entries = part.journal().copiedVersions(file)) {
            return entries.toList();
          }
        });
  }
}
