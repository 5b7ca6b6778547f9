package dev.vams.migration.core.verify;

import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.ComparedMarker;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.ItemComparison;
import dev.vams.migration.core.plan.Unit.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds up the segments of each table, and plans the item by item comparison of those that differ.
 */
public final class Reconciler {
  /** The phase in which everything is compared. */
  public static final String VERIFY_PHASE = "verify";

  /** The phase in which differing tables are compared item by item. */
  public static final String LOCATE_PHASE = "locate";

  private final Journal journal;

  /** Creates one for a run. */
  public Reconciler(Journal journal) {
    this.journal = journal;
  }

  /**
   * Writes the units of the {@value #LOCATE_PHASE} phase.
   *
   * @return how many there are; 0 when the content of all tables is equal
   */
  public int reconcile() {
    Map<String, Comparison> sums = new HashMap<>();
    Set<String> incomplete = new HashSet<>();
    journal.forEachUnit(
        VERIFY_PHASE,
        unit -> {
          if (unit instanceof Segment segment) {
            Optional<ComparedMarker> marker = journal.compared(segment.id());
            marker.ifPresent(
                found -> sums.merge(segment.descriptor(), found.comparison(), Comparison::plus));
            if (marker.isEmpty()) {
              incomplete.add(segment.descriptor());
            }
          }
        });
    List<ItemComparison> units = new ArrayList<>();
    journal.forEachUnit(
        VERIFY_PHASE,
        unit -> {
          if (unit instanceof Segment segment
              && !incomplete.contains(segment.descriptor())
              && differs(sums.get(segment.descriptor()))) {
            units.add(
                new ItemComparison(
                    locateId(segment),
                    segment.descriptor(),
                    segment.segment(),
                    segment.totalSegments()));
          }
        });
    journal.saveUnits(LOCATE_PHASE, units);
    return units.size();
  }

  /** The id of the unit that compares a segment item by item. */
  public static String locateId(Unit unit) {
    return unit.id() + "-items";
  }

  private static boolean differs(Comparison sum) {
    DigestSum source = sum.source();
    return !source.equals(sum.target());
  }
}
