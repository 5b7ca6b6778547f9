package dev.vams.migration.core.inventory;

import dev.vams.migration.core.journal.ComparedMarker;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.Deadline;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.listing.ItemLookup;
import dev.vams.migration.core.plan.BucketPair;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.BucketPlan;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.BucketFeature;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.ObjectSummary;
import dev.vams.migration.core.store.RatedItemTable;
import dev.vams.migration.core.store.Stack;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.verify.Reconciler;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Checks both stacks, cuts every pair into units and writes the plan. No object or item of either
 * stack changes; what the checks try leaves nothing behind.
 */
public final class Planner {
  private final Stack source;
  private final Stack target;
  private final Stack copySource;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Pause pause;

  /**
   * @param copySource the source as the identity that copies sees it, which is the target's; the
   *     source itself when one identity reaches both
   * @param random shuffles the units of all pairs, so that one huge pair leaves no worker idle and
   *     neighbouring keys are not copied together
   * @param backoff how long keys wait that a table left unprocessed
   * @param pause how the waiting is done
   */
  public Planner(
      Stack source,
      Stack target,
      Stack copySource,
      InstantSource clock,
      RandomGenerator random,
      Backoff backoff,
      Pause pause) {
    this.source = source;
    this.target = target;
    this.copySource = copySource;
    this.clock = clock;
    this.random = random;
    this.backoff = backoff;
    this.pause = pause;
  }

  /**
   * Plans the run that the journal belongs to.
   *
   * @param search when looking through large tables has to end; what follows takes minutes
   * @param cut when looking through large buckets has to end; what follows takes seconds
   */
  public PlanOutcome plan(Journal journal, MigrationSchema schema, Deadline search, Deadline cut) {
    List<Problem> problems = new ArrayList<>();
    Optional<MigrationPlan> earlier = earlierPlan(journal, schema, problems);
    Preflight preflight =
        new Preflight(schema, source, target, copySource, search, random, clock, pause);
    problems.addAll(preflight.check());
    if (!problems.isEmpty()) {
      return new PlanOutcome.Refused(List.copyOf(problems));
    }
    Map<String, Estimate> estimates = new HashMap<>();
    earlier.ifPresent(
        plan ->
            plan.buckets()
                .forEach((descriptor, known) -> estimates.put(descriptor, known.estimate())));
    List<String> notes = new ArrayList<>(preflight.notes());
    List<Unit> units =
        earlier.isPresent()
            ? unitsOf(journal.of(schema.retryOf()))
            : cut(schema, preflight, estimates, notes, problems, cut);
    if (!problems.isEmpty()) {
      return new PlanOutcome.Refused(List.copyOf(problems));
    }
    journal.saveUnits(Reconciler.VERIFY_PHASE, units);
    Extraneous extraneous = extraneous(journal, schema, preflight, units, cut);
    Map<String, BucketPlan> buckets =
        bucketPlans(schema, preflight, estimates, units, extraneous.ofBuckets());
    List<Unit> left =
        schema.options().mode() == Mode.VERIFY
            ? List.of()
            : leftToCopy(journal, earlier, schema, units, buckets);
    Map<String, List<Unit>> phases = phases(schema.options().order(), left);
    phases.forEach((phase, unitsOfPhase) -> journal.saveUnits(phase, unitsOfPhase));
    MigrationPlan plan =
        new MigrationPlan(
            journal.files().run(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            schema,
            List.copyOf(phases.keySet()),
            buckets,
            tablePlans(preflight, units, extraneous.ofTables()),
            schema.options().mode() == Mode.VERIFY ? 0 : units.size() - left.size(),
            notes);
    journal.savePlan(plan);
    return new PlanOutcome.Ready(plan, phases.values().stream().map(List::size).toList());
  }

  private static Optional<MigrationPlan> earlierPlan(
      Journal journal, MigrationSchema schema, List<Problem> problems) {
    if (!schema.isRetry()) {
      return Optional.empty();
    }
    Optional<MigrationPlan> earlier = journal.of(schema.retryOf()).plan();
    if (earlier.isEmpty()) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              "$.retryOf",
              "there is no plan of a run '%s' in the work bucket or directory"
                  .formatted(schema.retryOf()),
              "Give the name of a run that was started with the same work bucket or directory. If it was stopped before it had a plan, it copied nothing: continue the run that it was to continue, if any."));
    } else if (earlier.get().schema().options().mode() != Mode.MIGRATE) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              "$.retryOf",
              "run '%s' had the mode %s and copied nothing that could be continued"
                  .formatted(schema.retryOf(), earlier.get().schema().options().mode()),
              "Give the name of a run that copied, or leave retryOf away to start a new migration."));
    } else if (!isSameMigration(earlier.get().schema(), schema)) {
      problems.add(
          new Problem(
              Problem.Kind.INPUT,
              "$.retryOf",
              "run '%s' had another schema: its regions, pairs, transforms, ifTargetNotEmpty or deleteExtraneous differ from this one's"
                  .formatted(schema.retryOf()),
              "Use the schema of that run, or leave retryOf away to start a new migration."));
    }
    return earlier;
  }

  private static boolean isSameMigration(MigrationSchema one, MigrationSchema other) {
    return one.regionFrom().equals(other.regionFrom())
        && one.regionTo().equals(other.regionTo())
        && one.buckets().equals(other.buckets())
        && tables(one).equals(tables(other))
        && one.options().ifTargetNotEmpty() == other.options().ifTargetNotEmpty()
        && one.options().deleteExtraneous() == other.options().deleteExtraneous();
  }

  /** Another ceiling changes nothing of what is copied. */
  private static List<TablePair> tables(MigrationSchema schema) {
    return schema.tables().stream().map(TablePair::withoutCeilings).toList();
  }

  private static List<Unit> unitsOf(Journal earlier) {
    List<Unit> units = new ArrayList<>();
    earlier.forEachUnit(Reconciler.VERIFY_PHASE, units::add);
    return units;
  }

  private List<Unit> cut(
      MigrationSchema schema,
      Preflight preflight,
      Map<String, Estimate> estimates,
      List<String> notes,
      List<Problem> problems,
      Deadline deadline) {
    UnitCutter cutter = new UnitCutter(source);
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < schema.buckets().size(); i++) {
      BucketPair pair = schema.buckets().get(i);
      UnitCutter.CutBucket cut = cutter.cut(pair, i, deadline);
      units.addAll(cut.ranges());
      estimates.put(pair.descriptor(), cut.estimate());
      tellOfArchived(
          schema.options(), pair, i, preflight.copiesAllVersions(pair), cut, notes, problems);
    }
    for (int i = 0; i < schema.tables().size(); i++) {
      TablePair pair = schema.tables().get(i);
      units.addAll(
          cutter.cut(
              pair,
              i,
              preflight.sourceTables().get(pair.descriptor()),
              preflight.pace(pair.descriptor())));
    }
    Collections.shuffle(units, new Random(random.nextLong()));
    return units;
  }

  /** The listings were made to cut the bucket: of a large one, they are not whole. */
  private static void tellOfArchived(
      Options options,
      BucketPair pair,
      int pairNumber,
      boolean isAllVersions,
      UnitCutter.CutBucket cut,
      List<String> notes,
      List<Problem> problems) {
    Optional<ObjectSummary> first = cut.archived().first();
    if (first.isEmpty() || options.mode() == Mode.VERIFY) {
      return;
    }
    String seen =
        String.format(
            Locale.ROOT,
            "%s%,d archived, the first is '%s' (%s)%s",
            cut.isListed() ? "" : "not all objects were listed; of those that were, ",
            cut.archived().objects(),
            first.get().key(),
            first.get().storageClass(),
            isAllVersions ? "; older versions were not looked at" : "");
    switch (options.archived()) {
      case FAIL ->
          problems.add(
              new Problem(
                  Problem.Kind.INPUT,
                  SchemaPath.buckets(pairNumber) + ".from",
                  "the source bucket '%s' has objects that cannot be read: %s"
                      .formatted(pair.from(), seen),
                  "Set options.archived to RESTORE to have them restored and copied, or to"
                      + " SKIP_AND_REPORT to leave them; or restore them yourself."));
      case SKIP_AND_REPORT ->
          notes.add(
              "Bucket '%s' has archived objects, which are not copied: %s."
                  .formatted(pair.from(), seen));
      case RESTORE ->
          notes.add(
              "Bucket '%s' has archived objects, for which the run waits: %s. A unit that waits holds one of %s places (maxConcurrency)."
                  .formatted(pair.from(), seen, options.maxConcurrency()));
    }
  }

  /** What a run would delete, by descriptor of the pairs of buckets and of tables. */
  private record Extraneous(Map<String, Estimate> ofBuckets, Map<String, Estimate> ofTables) {}

  /** What a run would delete: only a dry run looks before, so that a run begins at once. */
  private Extraneous extraneous(
      Journal journal,
      MigrationSchema schema,
      Preflight preflight,
      List<Unit> units,
      Deadline deadline) {
    Extraneous extraneous = new Extraneous(new HashMap<>(), new HashMap<>());
    if (schema.options().mode() != Mode.DRY_RUN || !schema.options().deleteExtraneous()) {
      return extraneous;
    }
    ExtraneousSearch search = new ExtraneousSearch(source, target, journal);
    for (BucketPair pair : schema.buckets()) {
      extraneous
          .ofBuckets()
          .put(
              pair.descriptor(),
              search.search(
                  pair,
                  preflight.copiesAllVersions(pair),
                  unitsOf(pair.descriptor(), KeyRange.class, units),
                  deadline));
    }
    for (TablePair pair : schema.tables()) {
      if (pair.deletesExtraneous(schema.options())) {
        TableFacts facts = preflight.sourceTables().get(pair.descriptor());
        Ceilings ceilings = preflight.ceilings().get(pair.descriptor());
        extraneous
            .ofTables()
            .put(
                pair.descriptor(),
                search.search(
                    rated(target.table(pair.to()), ceilings.targetReads(), facts),
                    new ItemLookup(
                        rated(source.table(pair.from()), ceilings.sourceReads(), facts),
                        pair.from(),
                        facts.keyNames(),
                        backoff,
                        pause),
                    facts.keyNames(),
                    unitsOf(pair.descriptor(), Segment.class, units),
                    deadline));
      }
    }
    return extraneous;
  }

  private ItemTable rated(ItemTable table, Optional<Double> reads, TableFacts facts) {
    return RatedItemTable.read(table, reads, facts.itemUnits(), clock, pause);
  }

  private static <U extends Unit> List<U> unitsOf(
      String descriptor, Class<U> kind, List<Unit> units) {
    return units.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(unit -> unit.descriptor().equals(descriptor))
        .toList();
  }

  /**
   * Leaves away what an earlier run settled, and takes over its done markers and checkpoints. What
   * failed lies before a checkpoint and has to be tried again, so a checkpoint with failures is not
   * taken over. Nor is one of a unit with a version map: the map has to be whole in one place, and
   * to begin again costs no more than listing what is there. Nor is anything of a bucket that keeps
   * versions since: the earlier run copied none but the current ones.
   */
  private static List<Unit> leftToCopy(
      Journal journal,
      Optional<MigrationPlan> earlierPlan,
      MigrationSchema schema,
      List<Unit> units,
      Map<String, BucketPlan> buckets) {
    if (earlierPlan.isEmpty()) {
      return units;
    }
    Journal earlier = journal.of(schema.retryOf());
    List<Unit> left = new ArrayList<>();
    for (Unit unit : units) {
      Optional<DoneMarker> done = earlier.done(unit.id());
      boolean isAsBefore =
          hasVersionMap(unit, buckets) == hasVersionMap(unit, earlierPlan.get().buckets());
      if (isAsBefore && done.isPresent() && isSettled(done.get(), unit, earlier, schema)) {
        journal.markDone(done.get());
        continue;
      }
      left.add(unit);
      earlier
          .checkpoint(unit.id())
          .filter(checkpoint -> done.isEmpty() && checkpoint.tally().failed() == 0)
          .filter(checkpoint -> !hasVersionMap(unit, buckets))
          .filter(checkpoint -> isSettled(checkpoint.tally(), schema))
          .filter(checkpoint -> restores(schema) == restores(earlierPlan.get().schema()))
          .ifPresent(checkpoint -> journal.saveCheckpoint(unit.id(), checkpoint));
    }
    return left;
  }

  /** What is left for the second way by one run is nobody's business in a run without one. */
  private static boolean restores(MigrationSchema schema) {
    return schema.options().archived() == IfArchived.RESTORE;
  }

  private static boolean hasVersionMap(Unit unit, Map<String, BucketPlan> buckets) {
    return unit instanceof KeyRange && buckets.get(unit.descriptor()).allVersions();
  }

  /** A unit that was copied to its end is copied again when its comparison found it wanting. */
  private static boolean isSettled(
      DoneMarker done, Unit unit, Journal earlier, MigrationSchema schema) {
    Optional<Comparison> found = earlier.compared(unit.id()).map(ComparedMarker::comparison);
    Optional<Comparison> located =
        earlier.compared(Reconciler.locateId(unit)).map(ComparedMarker::comparison);
    boolean mayHaveExtra = !(unit instanceof KeyRange) || !schema.options().deleteExtraneous();
    return done.tally().failed() == 0
        && isSettled(done.tally(), schema)
        && (mayHaveExtra || found.map(Comparison::extra).orElse(0L) == 0)
        && found.map(Comparison::mismatches).orElse(0L) == 0
        && found.map(Comparison::source).orElse(done.digest()).equals(done.digest())
        && located.map(Comparison::mismatches).orElse(0L) == 0;
  }

  /** What an earlier run left in the archive may be wanted now. */
  private static boolean isSettled(Tally tally, MigrationSchema schema) {
    return tally.archived() == 0 || schema.options().archived() == IfArchived.SKIP_AND_REPORT;
  }

  private static Map<String, List<Unit>> phases(Order order, List<Unit> units) {
    List<Unit> buckets = units.stream().filter(KeyRange.class::isInstance).toList();
    List<Unit> tables = units.stream().filter(unit -> !(unit instanceof KeyRange)).toList();
    Map<String, List<Unit>> phases = new LinkedHashMap<>();
    switch (order) {
      case TOGETHER -> phases.put("copy", units);
      case TABLES_FIRST -> {
        phases.put("tables", tables);
        phases.put("buckets", buckets);
      }
      case BUCKETS_FIRST -> {
        phases.put("buckets", buckets);
        phases.put("tables", tables);
      }
    }
    phases.values().removeIf(List::isEmpty);
    return phases;
  }

  private static Map<String, BucketPlan> bucketPlans(
      MigrationSchema schema,
      Preflight preflight,
      Map<String, Estimate> estimates,
      List<Unit> units,
      Map<String, Estimate> extraneous) {
    Map<String, BucketPlan> plans = new HashMap<>();
    for (BucketPair pair : schema.buckets()) {
      String descriptor = pair.descriptor();
      plans.put(
          descriptor,
          new BucketPlan(
              estimates.getOrDefault(descriptor, Estimate.NONE),
              preflight.sourceBuckets().get(descriptor).features(),
              preflight
                  .targetBuckets()
                  .get(descriptor)
                  .features()
                  .contains(BucketFeature.OBJECT_LOCK),
              preflight.copiesAllVersions(pair),
              unitsOf(descriptor, KeyRange.class, units).size(),
              extraneous.getOrDefault(descriptor, Estimate.NONE)));
    }
    return plans;
  }

  private static Map<String, TablePlan> tablePlans(
      Preflight preflight, List<Unit> units, Map<String, Estimate> extraneous) {
    Map<String, TablePlan> plans = new HashMap<>();
    preflight
        .sourceTables()
        .forEach(
            (descriptor, facts) ->
                plans.put(
                    descriptor,
                    new TablePlan(
                        facts.keys(),
                        preflight.targetTables().get(descriptor).indexKeys(),
                        facts.approximateItems(),
                        facts.itemBytes(),
                        preflight.targetTables().get(descriptor).globalIndexes(),
                        unitsOf(descriptor, Segment.class, units).size(),
                        preflight.ceilings().get(descriptor),
                        preflight.pace(descriptor),
                        extraneous.getOrDefault(descriptor, Estimate.NONE))));
    return plans;
  }
}
