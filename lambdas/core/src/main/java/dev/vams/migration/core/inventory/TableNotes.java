package dev.vams.migration.core.inventory;

import static java.util.stream.Collectors.joining;

import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.ItemUnits;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.Capacity;
import dev.vams.migration.core.store.TableFacts.Feature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the operator should know of the tables before anything is written, with what to do. */
final class TableNotes {

  /** A table that takes longer is worth a note. */
  private static final Duration LONG = Duration.ofMinutes(30);

  /** In what time a table should be written that has more capacity. */
  private static final Duration WANTED = Duration.ofMinutes(15);

  /**
   * What a new table on demand takes at once (<a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial">initial
   * throughput</a>).
   */
  private static final long NEW_ON_DEMAND_WRITES = 4_000;

  /** What is said once, of all tables that it concerns. */
  private enum Kind {
    TIME_TO_LIVE(
        "Time to live is on at %s: items may be deleted between copy and comparison, and are MISSING"
            + " or extra then. Switch it off on both sides until the run is verified."),
    STREAM(
        "A stream is on at %s: a function that listens to it is called for each item that is"
            + " written. Disable its event source mapping during the run, unless that is wanted."),
    NO_RECOVERY(
        "Point-in-time recovery is off at %s. Switch it on before the run, so that you can go back"
            + " to what is there now, and at the latest before stack A is deleted."),
    REPLICAS(
        "There are replicas in other regions of %s: each write is repeated in every one of them,"
            + " which costs as much again and may throttle there first."),
    UNPROTECTED(
        "Deletion protection is on at the source and off at the target of %s. Switch it on at the"
            + " target when the run is verified; at the source it has to be switched off before stack"
            + " A can be deleted."),
    KEEPS_EXTRANEOUS(
        "deleteExtraneous deletes no items of %s: only those of tables under SYNC. Write"
            + " \"ifTargetNotEmpty\": \"SYNC\" into the pairs whose targets should mirror their"
            + " sources.");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final Map<Kind, List<String>> tables = new EnumMap<>(Kind.class);
  private final List<String> throughput = new ArrayList<>();
  private final List<String> unseen = new ArrayList<>();

  /** Looks at one pair. */
  void add(
      TablePair pair, Options options, TableFacts source, TableFacts target, Ceilings ceilings) {
    addIf(source.has(Feature.TIME_TO_LIVE), Kind.TIME_TO_LIVE, pair.from());
    addIf(target.has(Feature.TIME_TO_LIVE), Kind.TIME_TO_LIVE, pair.to());
    addIf(target.has(Feature.STREAM), Kind.STREAM, pair.to());
    addIf(target.lacks(Feature.POINT_IN_TIME_RECOVERY), Kind.NO_RECOVERY, pair.to());
    addIf(target.has(Feature.REPLICAS), Kind.REPLICAS, pair.to());
    addIf(
        source.has(Feature.DELETION_PROTECTION) && target.lacks(Feature.DELETION_PROTECTION),
        Kind.UNPROTECTED,
        pair.to());
    addIf(
        options.deleteExtraneous() && !pair.deletesExtraneous(options),
        Kind.KEEPS_EXTRANEOUS,
        pair.to());
    addUnseen(source, pair.from());
    addUnseen(target, pair.to());
    addThroughput(pair, source, target, ceilings);
  }

  /** All notes, in whole sentences. */
  List<String> toList() {
    List<String> notes = new ArrayList<>(throughput);
    tables.forEach(
        (kind, names) ->
            notes.add(
                kind.text.formatted(
                    names.stream().distinct().map("'%s'"::formatted).collect(joining(", ")))));
    notes.addAll(unseen);
    return notes;
  }

  private void addUnseen(TableFacts facts, String table) {
    facts
        .unseen()
        .forEach(
            line -> unseen.add("Table '%s' was not looked at whole: %s.".formatted(table, line)));
  }

  private void addIf(boolean isSo, Kind kind, String table) {
    if (isSo) {
      tables.computeIfAbsent(kind, key -> new ArrayList<>()).add(table);
    }
  }

  private void addThroughput(
      TablePair pair, TableFacts source, TableFacts target, Ceilings ceilings) {
    // Each item is rounded up by itself.
    long units =
        source.approximateItems() + source.approximateBytes() / ItemUnits.BYTES_OF_WRITE_UNIT;
    Capacity capacity = target.capacity();
    double given = given(capacity);
    double perSecond = Math.min(given, ceilings.targetWrites().orElse(given));
    Duration time = Duration.ofSeconds((long) (units / perSecond));
    if (time.compareTo(LONG) <= 0) {
      return;
    }
    throughput.add(
        String.format(
            Locale.ROOT,
            "Table '%s' needs up to %,d write units for about %,d items; with %,.0f a second that"
                + " takes about %s. %s%s",
            pair.to(),
            units,
            source.approximateItems(),
            perSecond,
            readable(time),
            remedy(capacity, perSecond, units),
            target.globalIndexes() == 0
                ? ""
                : " Each of its %d global indexes takes as many again, of a capacity of its own: one that has less slows all down."
                    .formatted(target.globalIndexes())));
  }

  private static double given(Capacity capacity) {
    if (!capacity.isOnDemand()) {
      return Math.max(1, capacity.writeUnits());
    }
    long warm = Math.max(NEW_ON_DEMAND_WRITES, capacity.warmWriteUnits());
    return capacity.writeUnits() > 0 ? Math.min(warm, capacity.writeUnits()) : warm;
  }

  private static String remedy(Capacity capacity, double perSecond, long units) {
    long wanted = Math.max(1, units / WANTED.toSeconds());
    double given = given(capacity);
    if (perSecond < given) {
      return String.format(
          Locale.ROOT,
          wanted <= given
              ? "Raise maxWriteUnitsPerSecond, to %,d for a quarter of an hour."
              : "Raise maxWriteUnitsPerSecond; a quarter of an hour takes %,d, more than the table has.",
          wanted);
    }
    return String.format(
        Locale.ROOT,
        capacity.isOnDemand()
            ? "That is what the table takes at once; on demand, it grows while it is used. For a"
                + " quarter of an hour, raise its warm throughput to %,d write units before the run."
            : "For a quarter of an hour, provision %,d write units, or switch"
                + " the table to on-demand capacity until the run is verified.",
        wanted);
  }

  private static String readable(Duration time) {
    return time.toHours() < 1
        ? time.toMinutes() + " minutes"
        : String.format(Locale.ROOT, "%d h %d min", time.toHours(), time.toMinutesPart());
  }
}
