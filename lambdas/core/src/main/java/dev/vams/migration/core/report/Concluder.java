package dev.vams.migration.core.report;

import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Stop;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.ItemComparison;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.verify.Reconciler;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the report from the run's files alone: a unit without its markers counts as unfinished,
 * whatever the workflow believes. Memory is bounded by the number of pairs and the entries shown.
 */
public final class Concluder {
  private static final int LISTED = 100;

  private final InstantSource clock;

  /**
   * @param clock tells when the report was made
   */
  public Concluder(InstantSource clock) {
    this.clock = clock;
  }

  /** The report of a run that was refused. */
  public Report refuse(String run, Optional<MigrationSchema> schema, List<Problem> problems) {
    String now = now();
    return new Report(
        run,
        Verdict.REFUSED,
        schema.map(known -> known.options().mode()).orElse(Mode.MIGRATE),
        now,
        now,
        schema.map(MigrationSchema::regionFrom).orElse("?"),
        schema.map(MigrationSchema::regionTo).orElse("?"),
        schema.map(MigrationSchema::retryOf).orElse(""),
        List.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        problems,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The report of a run that was planned, and copied and compared as far as its files say. */
  public Report conclude(Journal journal, MigrationPlan plan) {
    Mode mode = plan.schema().options().mode();
    Map<String, PairSum> sums = sums(plan);
    Unfinished unfinished = new Unfinished(journal.childFailures(LISTED));
    journal.forEachUnit(
        Reconciler.VERIFY_PHASE, unit -> sums.get(name(unit)).add(unit, journal, mode, unfinished));
    if (mode != Mode.DRY_RUN) {
      journal.forEachUnit(
          Reconciler.LOCATE_PHASE, unit -> sums.get(name(unit)).located(unit, journal, unfinished));
    }
    List<PairReport> pairs = sums.values().stream().map(PairSum::report).toList();
    long mismatches = pairs.stream().mapToLong(pair -> pair.comparison().mismatches()).sum();
    long failures = pairs.stream().mapToLong(pair -> pair.tally().failed()).sum();
    long notCarried = pairs.stream().mapToLong(pair -> pair.tally().notCarried()).sum();
    long deletions =
        mode == Mode.DRY_RUN
            ? Stream.concat(
                    plan.buckets().values().stream().map(BucketPlan::extraneous),
                    plan.tables().values().stream().map(TablePlan::extraneous))
                .mapToLong(Estimate::entries)
                .sum()
            : pairs.stream().mapToLong(pair -> pair.tally().deleted()).sum();
    long archived = pairs.stream().mapToLong(pair -> pair.tally().archived()).sum();
    return new Report(
        plan.run(),
        verdict(mode, unfinished.count, failures, mismatches, pairs),
        mode,
        plan.createdAt(),
        now(),
        plan.schema().regionFrom(),
        plan.schema().regionTo(),
        plan.schema().retryOf(),
        pairs,
        mismatches,
        failures,
        unfinished.count,
        notCarried,
        deletions,
        archived,
        List.of(),
        mismatches == 0 ? List.of() : journal.mismatches(LISTED).toList(),
        failures == 0 ? List.of() : journal.failures(LISTED).toList(),
        notCarried == 0 ? List.of() : journal.notCarried(LISTED).toList(),
        deletions == 0 ? List.of() : journal.deletions(LISTED).toList(),
        archived == 0 ? List.of() : journal.archived(LISTED).toList(),
        unfinished.first,
        notes(plan, pairs, journal.stop()));
  }

  /** Whole seconds are as much as anybody reads. */
  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * Where a source is known to have changed, equal sizes do not show that the target has the newer
   * content.
   */
  private static Verdict verdict(
      Mode mode, long unfinished, long failures, long mismatches, List<PairReport> pairs) {
    if (mode == Mode.DRY_RUN) {
      return Verdict.PLANNED;
    }
    if (unfinished > 0 || failures > 0) {
      return Verdict.FAILED;
    }
    boolean isUncertain =
        pairs.stream().anyMatch(pair -> pair.sourceChanged() && pair.comparison().sizeOnly() > 0);
    return mismatches > 0 || isUncertain ? Verdict.MISMATCH : Verdict.VERIFIED;
  }

  private static List<String> notes(
      MigrationPlan plan, List<PairReport> pairs, Optional<Stop> stop) {
    List<String> notes = new ArrayList<>();
    stop.ifPresent(
        why ->
            notes.add(
                "The run was stopped, because every unit of %s would have met this: %s. Mend it, and go on with a new run that retries this one."
                    .formatted(why.descriptor(), why.reason())));
    notes.addAll(plan.notes());
    if (plan.doneBefore() > 0) {
      notes.add(
          "%s units had been copied by %s already and were not copied again."
              .formatted(ReportText.number(plan.doneBefore()), plan.schema().retryOf()));
    }
    for (BucketPair pair : plan.schema().buckets()) {
      noteSearch(pair.descriptor(), plan.known(pair.descriptor()).extraneous(), notes);
    }
    for (TablePair pair : plan.schema().tables()) {
      noteSearch(pair.descriptor(), plan.tables().get(pair.descriptor()).extraneous(), notes);
    }
    for (PairReport pair : pairs) {
      Comparison found = pair.comparison();
      if (pair.sourceChanged()) {
        notes.add(
            "The source of %s changed between copy and comparison: stop its writers and run again."
                .formatted(pair.descriptor()));
      }
      if (plan.schema().options().mode() != Mode.DRY_RUN
          && pair.kind() == PairReport.Kind.BUCKET
          && pair.unitsCompared() == pair.units()
          && plan.known(pair.descriptor()).allVersions()) {
        notes.add(
            "%s: %s versions and %s delete markers in the source, %s and %s in the target."
                .formatted(
                    pair.descriptor(),
                    ReportText.number(found.source().count() - found.sourceDeleteMarkers()),
                    ReportText.number(found.sourceDeleteMarkers()),
                    ReportText.number(found.target().count() - found.targetDeleteMarkers()),
                    ReportText.number(found.targetDeleteMarkers())));
      }
      if (pair.kind() == PairReport.Kind.TABLE
          && found.mismatches() > 0
          && found.source().count() > found.target().count()) {
        notes.add(
            "The target of %s has %s items, the source %s: where no item is named as missing, several have the same key at the target."
                .formatted(
                    pair.descriptor(),
                    ReportText.number(found.target().count()),
                    ReportText.number(found.source().count())));
      }
      if (found.extra() > 0) {
        notes.add(
            "The target of %s has %s more that the source has not; %s."
                .formatted(
                    pair.descriptor(),
                    ReportText.number(found.extra()),
                    isMirror(plan, pair)
                        ? "they were not deleted, or appeared after the deletion"
                        : "they were left alone"));
      }
      if (pair.tally().archived() > 0) {
        notes.add(
            "%s archived objects of %s were not copied because of SKIP_AND_REPORT. The target has not all that the source has, so the verdict is not VERIFIED; to copy them, retry with options.archived RESTORE."
                .formatted(ReportText.number(pair.tally().archived()), pair.descriptor()));
      }
      if (found.sizeOnly() > 0) {
        notes.add(
            "%s objects of %s were compared by size only: their ETags are no checksums, and no common checksum is stored."
                .formatted(ReportText.number(found.sizeOnly()), pair.descriptor()));
      }
      if (pair.tally().kept() > 0) {
        notes.add(
            "%s of %s were at the target before, with other content or content that cannot be compared, and were kept because of MERGE. To replace them, start a new run with OVERWRITE."
                .formatted(ReportText.number(pair.tally().kept()), pair.descriptor()));
      }
    }
    return notes;
  }

  private static void noteSearch(String descriptor, Estimate extraneous, List<String> notes) {
    if (extraneous.orMore()) {
      notes.add(
          "The target of %s was not looked through to its end for what would be deleted: %s were found until time was up."
              .formatted(descriptor, ReportText.number(extraneous.entries())));
    }
  }

  private static boolean isMirror(MigrationPlan plan, PairReport pair) {
    return pair.kind() == PairReport.Kind.BUCKET
        ? plan.schema().options().deleteExtraneous()
        : plan.deletesItems(pair.descriptor());
  }

  private static Map<String, PairSum> sums(MigrationPlan plan) {
    Map<String, PairSum> sums = new LinkedHashMap<>();
    for (BucketPair pair : plan.schema().buckets()) {
      sums.put(
          "bucket " + pair.descriptor(),
          new PairSum(
              PairReport.Kind.BUCKET,
              pair.descriptor(),
              pair.from(),
              pair.to(),
              plan.known(pair.descriptor()).estimate()));
    }
    for (TablePair pair : plan.schema().tables()) {
      sums.put(
          "table " + pair.descriptor(),
          new PairSum(
              PairReport.Kind.TABLE,
              pair.descriptor(),
              pair.from(),
              pair.to(),
              new Estimate(plan.tables().get(pair.descriptor()).approximateItems(), false)));
    }
    return sums;
  }

  private static String name(Unit unit) {
    return (unit instanceof KeyRange ? "bucket " : "table ") + unit.descriptor();
  }

  /** Counts the units that were not finished, and remembers the first of them. */
  private static final class Unfinished {
    private final Map<String, String> causes;
    private final List<UnfinishedUnit> first = new ArrayList<>();
    private long count;

    Unfinished(Map<String, String> causes) {
      this.causes = causes;
    }

    void add(Unit unit, String what) {
      count++;
      if (first.size() < LISTED) {
        String cause = causes.getOrDefault(unit.id(), "the worker was stopped");
        first.add(
            new UnfinishedUnit(unit.id(), unit.descriptor(), "%s: %s".formatted(what, cause)));
      }
    }
  }

  /** Adds up the units of one pair. */
  private static final class PairSum {
    private final PairReport.Kind kind;
    private final String descriptor;
    private final String from;
    private final String to;
    private final Estimate estimate;
    private int units;
    private int copied;
    private int compared;
    private boolean isLocated;
    private boolean isLocatedWhole = true;
    private Tally tally = Tally.ZERO;
    private DigestSum copiedContent = DigestSum.ZERO;
    private Comparison comparison = Comparison.ZERO;

    PairSum(PairReport.Kind kind, String descriptor, String from, String to, Estimate estimate) {
      this.kind = kind;
      this.descriptor = descriptor;
      this.from = from;
      this.to = to;
      this.estimate = estimate;
    }

    void add(Unit unit, Journal journal, Mode mode, Unfinished unfinished) {
      units++;
      if (mode == Mode.DRY_RUN) {
        return;
      }
      if (mode == Mode.MIGRATE) {
        journal
            .done(unit.id())
            .ifPresentOrElse(
                marker -> {
                  copied++;
                  tally = tally.plus(marker.tally());
                  copiedContent = copiedContent.plus(marker.digest());
                },
                () -> unfinished.add(unit, "not copied"));
      }
      journal
          .compared(unit.id())
          .ifPresentOrElse(
              marker -> {
                compared++;
                comparison = comparison.plus(marker.comparison());
              },
              () -> unfinished.add(unit, "not compared"));
    }

    /** The item by item comparison counts each difference; the digests stay those of the scans. */
    void located(Unit unit, Journal journal, Unfinished unfinished) {
      if (unit instanceof ItemComparison) {
        isLocated = true;
        journal
            .compared(unit.id())
            .ifPresentOrElse(
                marker -> comparison = comparison.plus(marker.comparison()),
                () -> {
                  isLocatedWhole = false;
                  unfinished.add(unit, "not compared item by item");
                });
      }
    }

    PairReport report() {
      boolean sourceChanged =
          copied == units
              && compared == units
              && tally.failed() == 0
              && !copiedContent.equals(comparison.source());
      return new PairReport(
          kind,
          descriptor,
          from,
          to,
          estimate,
          units,
          copied,
          compared,
          tally,
          kind == PairReport.Kind.TABLE ? withoutTwins(comparison) : comparison,
          sourceChanged);
    }

    /**
     * Items of the target that no item of the source is, and items of the source that share one of
     * the target: each of them has an equal twin, but there are more of them than twins.
     */
    private Comparison withoutTwins(Comparison found) {
      long twins = found.target().count() - (found.source().count() - found.missing());
      long extra = Math.max(0, twins);
      boolean isKnown = isLocated && isLocatedWhole && compared == units;
      long shared = isKnown ? Math.max(0, -twins) : 0;
      return found.plus(new Comparison(DigestSum.ZERO, DigestSum.ZERO, shared, 0, extra, 0));
    }
  }
}
