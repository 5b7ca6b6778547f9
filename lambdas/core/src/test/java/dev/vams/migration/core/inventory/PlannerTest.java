package dev.vams.migration.core.inventory;

import static dev.vams.migration.core.TwoStacks.ASSETS;
import static dev.vams.migration.core.TwoStacks.KEY;
import static dev.vams.migration.core.TwoStacks.TABLE;
import static dev.vams.migration.core.TwoStacks.schema;
import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.ComparedMarker;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.CopyCursor;
import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.Position;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.AssumedRole;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.IfArchived;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.plan.StackAccess;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.store.Restore;
import dev.vams.migration.core.store.StoredObject;
import dev.vams.migration.core.verify.Reconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {
  private static final Options DEFAULTS = Options.defaults();

  private final TwoStacks stacks = new TwoStacks();

  @Test
  void writesThePlanAndItsUnits() {
    stacks.putSource("a", "x");
    MigrationSchema schema = schema(DEFAULTS, "");

    PlanOutcome.Ready ready = ready("run-1", schema);

    assertThat(ready.unitsPerPhase()).containsExactly(2);
    assertThat(ready.plan())
        .isEqualTo(
            new MigrationPlan(
                "run-1",
                ManualClock.START.toString(),
                schema,
                List.of("copy"),
                Map.of(
                    "assets",
                    new MigrationPlan.BucketPlan(new Estimate(1, false), Set.of(), false)),
                Map.of(TABLE, TwoStacks.TABLE_PLAN),
                0,
                List.of()));
    assertThat(stacks.journal("run-1").plan()).hasValue(ready.plan());
    assertThat(units("run-1", "copy"))
        .containsExactlyInAnyOrder(
            new Unit.KeyRange("bucket-00-assets-0000", "assets", "", "", ""),
            new Unit.Segment("table-00-assetTable-0000", TABLE, 0, 1));
    assertThat(units("run-1", Reconciler.VERIFY_PHASE)).isEqualTo(units("run-1", "copy"));
  }

  @Test
  void unitsOfAllPairsAreMixed() {
    stacks.sourceTable().answerLook(100L << 30);

    ready("run-1", schema(DEFAULTS, ""));

    List<Unit> units = units("run-1", "copy");
    assertThat(units).hasSize(1001).doesNotHaveDuplicates();
    assertThat(units.stream().map(Unit::id))
        .isNotEqualTo(units.stream().map(Unit::id).sorted().toList());
  }

  @Test
  void phasesFollowTheOrder() {
    assertThat(phases(Order.TOGETHER)).containsExactly("copy");
    assertThat(phases(Order.TABLES_FIRST)).containsExactly("tables", "buckets");
    assertThat(phases(Order.BUCKETS_FIRST)).containsExactly("buckets", "tables");
    assertThat(units("run-TABLES_FIRST", "tables")).allMatch(Unit.Segment.class::isInstance);
    assertThat(units("run-TABLES_FIRST", "buckets")).allMatch(Unit.KeyRange.class::isInstance);
  }

  @Test
  void toVerifyNothingIsCopiedAndAFullTargetIsWelcome() {
    stacks.putTarget("a", "x");
    Options verify = new Options(Mode.VERIFY, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1);

    PlanOutcome.Ready ready = ready("run-1", schema(verify, ""));

    assertThat(ready.plan().phases()).isEmpty();
    assertThat(units("run-1", Reconciler.VERIFY_PHASE)).hasSize(2);
  }

  @Test
  void aRetryDoesOnlyWhatIsNotDone() {
    ready("run-1", schema(DEFAULTS, ""));
    DoneMarker done = done("bucket-00-assets-0000", Tally.ofCopied(5));
    stacks.journal("run-1").markDone(done);
    stacks.putTarget("a", "copied before");

    PlanOutcome.Ready ready = ready("run-2", schema(DEFAULTS, "run-1"));

    assertThat(units("run-2", "copy"))
        .containsExactly(new Unit.Segment("table-00-assetTable-0000", TABLE, 0, 1));
    assertThat(units("run-2", Reconciler.VERIFY_PHASE)).hasSize(2);
    assertThat(ready.plan().doneBefore()).isEqualTo(1);
    assertThat(stacks.journal("run-2").done("bucket-00-assets-0000")).hasValue(done);
  }

  @Test
  void aRetryCopiesTheHistoriesThatTheRunBeforeDidNotCopy() {
    ready("run-1", schema(DEFAULTS, ""));
    String range = "bucket-00-assets-0000";
    stacks.journal("run-1").markDone(done(range, Tally.ZERO));
    stacks.keepVersions();

    ready("run-2", schema(DEFAULTS, "run-1"));
    stacks.journal("run-2").markDone(done(range, Tally.ZERO));
    ready("run-3", schema(DEFAULTS, "run-2"));

    assertThat(units("run-2", "copy")).extracting(Unit::id).contains(range);
    assertThat(units("run-3", "copy")).extracting(Unit::id).doesNotContain(range);
  }

  @Test
  void aRetryTriesUnitsWithFailuresAgainFromTheirBeginning() {
    ready("run-1", schema(DEFAULTS, ""));
    String unit = "bucket-00-assets-0000";
    stacks.journal("run-1").saveCheckpoint(unit, cursor(Tally.ofFailed()));
    stacks.journal("run-1").markDone(done(unit, Tally.ofFailed()));

    ready("run-2", schema(DEFAULTS, "run-1"));

    assertThat(units("run-2", "copy")).extracting(Unit::id).contains(unit);
    assertThat(stacks.journal("run-2").done(unit)).isEmpty();
    assertThat(stacks.journal("run-2").checkpoint(unit)).isEmpty();
  }

  @Test
  void aRetryCopiesUnitsAgainThatTheirComparisonFoundWanting() {
    ready("run-1", schema(DEFAULTS, ""));
    Journal earlier = stacks.journal("run-1");
    String range = "bucket-00-assets-0000";
    String segment = "table-00-assetTable-0000";
    earlier.markDone(done(range, Tally.ZERO));
    earlier.markDone(done(segment, Tally.ZERO));
    earlier.markCompared(new ComparedMarker(range, "assets", found(DigestSum.ZERO, 1)));
    earlier.markCompared(new ComparedMarker(segment, TABLE, found(DigestSum.ZERO, 0)));
    earlier.markCompared(new ComparedMarker(segment + "-items", TABLE, found(DigestSum.ZERO, 1)));

    ready("run-2", schema(DEFAULTS, "run-1"));

    assertThat(units("run-2", "copy"))
        .extracting(Unit::id)
        .containsExactlyInAnyOrder(range, segment);
  }

  @Test
  void aRetryCopiesUnitsAgainWhoseSourceHadChanged() {
    ready("run-1", schema(DEFAULTS, ""));
    Journal earlier = stacks.journal("run-1");
    DigestSum changed = new DigestSum(1, "1".repeat(64));
    for (Unit unit : units("run-1", "copy")) {
      earlier.markDone(done(unit.id(), Tally.ZERO));
      boolean isRange = unit instanceof Unit.KeyRange;
      earlier.markCompared(
          new ComparedMarker(
              unit.id(), unit.descriptor(), found(isRange ? changed : DigestSum.ZERO, 0)));
    }

    ready("run-2", schema(DEFAULTS, "run-1"));

    assertThat(units("run-2", "copy"))
        .extracting(Unit::id)
        .containsExactly("bucket-00-assets-0000");
  }

  @Test
  void aRetryTakesOverACheckpointWithoutFailures() {
    ready("run-1", schema(DEFAULTS, ""));
    CopyCursor good = cursor(Tally.ofCopied(5));
    stacks.journal("run-1").saveCheckpoint("bucket-00-assets-0000", good);
    stacks.journal("run-1").saveCheckpoint("table-00-assetTable-0000", cursor(Tally.ofFailed()));

    ready("run-2", schema(DEFAULTS, "run-1"));

    Journal journal = stacks.journal("run-2");
    assertThat(journal.checkpoint("bucket-00-assets-0000")).hasValue(good);
    assertThat(journal.checkpoint("table-00-assetTable-0000")).isEmpty();
  }

  @Test
  void aRetryOfARunThatIsDoneHasNoPhases() {
    ready("run-1", schema(DEFAULTS, ""));
    units("run-1", "copy")
        .forEach(unit -> stacks.journal("run-1").markDone(done(unit.id(), Tally.ZERO)));

    PlanOutcome.Ready ready = ready("run-2", schema(DEFAULTS, "run-1"));

    assertThat(ready.plan().phases()).isEmpty();
    assertThat(ready.plan().doneBefore()).isEqualTo(2);
  }

  @Test
  void aRetryMayReachTheStacksThroughOtherRolesAndKeys() {
    ready("run-1", schema(DEFAULTS, ""));
    MigrationSchema same = schema(DEFAULTS, "run-1");
    StackAccess throughARole =
        new StackAccess(
            same.regionFrom(),
            Optional.of(new AssumedRole("arn:aws:iam::111122223333:role/reader", "vams-1")),
            List.of("arn:aws:kms:us-east-1:111122223333:key/1"));

    ready(
        "run-2",
        new MigrationSchema(
            throughARole, same.target(), same.buckets(), same.tables(), DEFAULTS, "run-1"));
  }

  @Test
  void aRetryKeepsTheUnitsOfTheRunBefore() {
    stacks.sourceTable().answerLook(40L << 20);
    ready("run-1", schema(DEFAULTS, ""));
    stacks.sourceTable().answerLook(400L << 20);

    ready("run-2", schema(DEFAULTS, "run-1"));

    assertThat(units("run-2", "copy")).isEqualTo(units("run-1", "copy"));
  }

  @Test
  void aRetryOfAnUnknownRunIsRefused() {
    assertThat(problems("run-2", schema(DEFAULTS, "run-1")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).isEqualTo("$.retryOf");
              assertThat(problem.what()).contains("no plan of a run 'run-1'");
            });
  }

  @Test
  void aRetryWithAnotherSchemaIsRefused() {
    ready("run-1", schema(DEFAULTS, ""));

    assertThat(problems("run-2", schema(DEFAULTS, "run-1", new Rename("a", "b"))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("another schema"));
  }

  @Test
  void aRetryMayHaveAnotherOrderAndSpeed() {
    ready("run-1", schema(DEFAULTS, ""));
    Options others = new Options(Mode.MIGRATE, IfTargetNotEmpty.FAIL, Order.TABLES_FIRST, 7);

    assertThat(ready("run-2", schema(others, "run-1")).plan().schema().options()).isEqualTo(others);
  }

  /** A run under MERGE may have found targets that are not empty, which FAIL would overwrite. */
  @Test
  void aRetryWithAnotherPolicyIsRefused() {
    Options merge = new Options(Mode.MIGRATE, IfTargetNotEmpty.MERGE, Order.TOGETHER, 1);
    ready("run-1", schema(merge, ""));

    assertThat(problems("run-2", schema(DEFAULTS, "run-1")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("ifTargetNotEmpty"));
  }

  @Test
  void aDryRunFindsWhatWouldBeDeletedAndDeletesNothing() {
    stacks.putSource("b", "x");
    stacks.putTarget("a", "x");
    stacks.putTarget("b", "other");
    stacks.putTarget("c", "x");

    PlanOutcome.Ready ready = ready("run-1", schema(mirror(Mode.DRY_RUN), ""));

    assertThat(ready.plan().buckets().get("assets").extraneous()).isEqualTo(new Estimate(2, false));
    assertThat(stacks.journal("run-1").deletions(9))
        .extracting(Deletion::entry)
        .containsExactly("a", "c");
    assertThat(stacks.objects().keys(ASSETS.to())).containsExactly("a", "b", "c");
  }

  @Test
  void aDryRunOfAllVersionsFindsKeysThatTheSourceHasNothingOf() {
    stacks.keepVersions();
    stacks.putSource("deleted", "x");
    stacks.objects().delete(ASSETS.from(), "deleted");
    stacks.putTarget("deleted", "x");
    stacks.putTarget("gone", "x");
    stacks.objects().delete(ASSETS.to(), "gone");
    stacks.putTarget("own", "x");

    PlanOutcome.Ready ready = ready("run-1", schema(mirror(Mode.DRY_RUN), ""));

    assertThat(ready.plan().buckets().get("assets").extraneous()).isEqualTo(new Estimate(1, false));
    assertThat(stacks.journal("run-1").deletions(9))
        .extracting(Deletion::entry)
        .containsExactly("own");
  }

  @Test
  void aDryRunWhoseTimeIsUpSaysThatThereMayBeMore() {
    stacks.putSource("x", "x");
    stacks.putTarget("a", "x");

    PlanOutcome outcome =
        new Planner(
                stacks.source(),
                stacks.target(),
                stacks.source(),
                stacks.clock(),
                new Random(1),
                TwoStacks.BACKOFF,
                new RecordingPause())
            .plan(
                stacks.journal("run-1"), schema(mirror(Mode.DRY_RUN), ""), () -> false, () -> true);

    assertThat(((PlanOutcome.Ready) outcome).plan().buckets().get("assets").extraneous())
        .isEqualTo(new Estimate(0, true));
  }

  @Test
  void aRunLooksForNothingToDeleteBefore() {
    stacks.putSource("b", "x");
    stacks.putTarget("a", "x");

    assertThat(ready("run-1", schema(mirror(Mode.MIGRATE), "")).plan().buckets().get("assets"))
        .extracting(MigrationPlan.BucketPlan::extraneous)
        .isEqualTo(Estimate.NONE);
  }

  @Test
  void aRetryOfAMirrorIsAMirrorAndDeletesWhatWasLeft() {
    stacks.putSource("b", "x");
    MigrationSchema first = schema(mirror(Mode.MIGRATE), "");
    ready("run-1", first);
    Unit range =
        units("run-1", "copy").stream().filter(Unit.KeyRange.class::isInstance).findFirst().get();
    Journal earlier = stacks.journal("run-1");
    earlier.markDone(done(range.id(), Tally.ZERO));
    earlier.markCompared(
        new ComparedMarker(
            range.id(), "assets", new Comparison(DigestSum.ZERO, DigestSum.ZERO, 0, 0, 1, 0)));

    ready("run-2", schema(mirror(Mode.MIGRATE), "run-1"));

    assertThat(units("run-2", "copy")).contains(range);
    Options overwrite = new Options(Mode.MIGRATE, IfTargetNotEmpty.OVERWRITE, Order.TOGETHER, 1);
    assertThat(problems("run-3", schema(overwrite, "run-1")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("deleteExtraneous"));
  }

  private static Options mirror(Mode mode) {
    return new Options(mode, IfTargetNotEmpty.OVERWRITE, Order.TOGETHER, 1).deletingExtraneous();
  }

  @Test
  void anArchivedObjectIsRefusedWithWhatToDo() {
    putArchived("b");
    putArchived("c");
    stacks.objects().finishRestore(ASSETS.from(), "c");

    assertThat(problems("run-1", schema(DEFAULTS, "")))
        .extracting(Problem::line)
        .containsExactly(
            "$.VAMS_S3Bucket_Mapping[0].buckets.from: the source bucket 'blue-assets' has objects"
                + " that cannot be read: 1 archived, the first is 'b' (GLACIER). Set"
                + " options.archived to RESTORE to have them restored and copied, or to"
                + " SKIP_AND_REPORT to leave them; or restore them yourself.");
    assertThat(stacks.work().written()).isEmpty();
  }

  @Test
  void archivedObjectsAreCountedInANote() {
    putArchived("b");

    assertThat(notes(IfArchived.SKIP_AND_REPORT))
        .containsExactly(
            "Bucket 'blue-assets' has archived objects, which are not copied: 1 archived, the first"
                + " is 'b' (GLACIER).");
    assertThat(notes(IfArchived.RESTORE))
        .containsExactly(
            "Bucket 'blue-assets' has archived objects, for which the run waits: 1 archived, the"
                + " first is 'b' (GLACIER). A unit that waits holds one of 1 places"
                + " (maxConcurrency).");
  }

  @Test
  void aRetryThatDoesNotRestoreBeginsAnewWhatOneThatDidHasLeftHalfDone() {
    ready("run-1", schema(archived(IfArchived.RESTORE), ""));
    CopyCursor half = cursor(Tally.ofCopied(5));
    stacks.journal("run-1").saveCheckpoint("bucket-00-assets-0000", half);

    ready("run-2", schema(archived(IfArchived.SKIP_AND_REPORT), "run-1"));
    ready("run-3", schema(archived(IfArchived.RESTORE), "run-1"));

    assertThat(stacks.journal("run-2").checkpoint("bucket-00-assets-0000")).isEmpty();
    assertThat(stacks.journal("run-3").checkpoint("bucket-00-assets-0000")).hasValue(half);
  }

  @Test
  void whatAnEarlierRunLeftInTheArchiveIsCopiedByARetryThatRestores() {
    stacks.putSource("a", "x");
    ready("run-1", schema(archived(IfArchived.SKIP_AND_REPORT), ""));
    Journal earlier = stacks.journal("run-1");
    units("run-1", "copy").forEach(unit -> earlier.markDone(done(unit.id(), Tally.ofArchived())));

    assertThat(
            ready("run-2", schema(archived(IfArchived.SKIP_AND_REPORT), "run-1"))
                .plan()
                .doneBefore())
        .isEqualTo(2);
    assertThat(ready("run-3", schema(archived(IfArchived.RESTORE), "run-1")).plan().doneBefore())
        .isZero();
  }

  @Test
  void ofAllVersionsItIsSaidThatOnlyCurrentOnesWereLookedAt() {
    stacks.keepVersions();
    putArchived("b");

    assertThat(notes(IfArchived.RESTORE))
        .anyMatch(note -> note.contains("'b' (GLACIER); older versions were not looked at."));
  }

  private List<String> notes(IfArchived policy) {
    return ready("run-" + policy, schema(archived(policy), "")).plan().notes();
  }

  private static Options archived(IfArchived policy) {
    return new Options(Mode.MIGRATE, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1)
        .with(policy, Restore.DEFAULT);
  }

  private void putArchived(String key) {
    stacks
        .objects()
        .put(
            ASSETS.from(), key, StoredObject.of("x").with("GLACIER", Map.of(), Map.of(), Map.of()));
  }

  /** Neither has looked whether the target is empty for good, nor copied anything. */
  @ParameterizedTest
  @EnumSource(names = {"VERIFY", "DRY_RUN"})
  void aRunThatCopiedNothingCannotBeRetried(Mode mode) {
    ready("run-1", schema(new Options(mode, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1), ""));

    assertThat(problems("run-2", schema(DEFAULTS, "run-1")))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.what())
                    .isEqualTo(
                        "run 'run-1' had the mode "
                            + mode
                            + " and copied nothing that could be continued"));
  }

  @Test
  void aRefusedPlanWritesNothing() {
    stacks.putTarget("a", "x");

    assertThat(problems("run-1", schema(DEFAULTS, ""))).hasSize(1);
    assertThat(stacks.work().written()).isEmpty();
  }

  @Test
  void anUnknownRetryDoesNotHideOtherProblems() {
    stacks.putTarget("a", "x");
    stacks.targetTable().put(texts(KEY, "1"));

    assertThat(problems("run-2", schema(DEFAULTS, "run-1", new Rename(KEY, "x"))))
        .extracting(Problem::where)
        .contains("$.retryOf", "$.VAMS_DynamoDBTable_Mapping[0].attributes");
  }

  @Test
  void aDryRunTellsWhichItemsWouldBeDeleted() {
    stacks.sourceTable().put(texts(KEY, "1"));
    stacks.targetTable().put(texts(KEY, "1"), texts(KEY, "2"), texts(KEY, "3"));
    Options options =
        new Options(Mode.DRY_RUN, IfTargetNotEmpty.SYNC, Order.TOGETHER, 1).deletingExtraneous();
    stacks.putSource("a", "x");

    MigrationPlan plan = ready("run-1", schema(options, "")).plan();

    assertThat(plan.tables().get(TABLE).extraneous()).isEqualTo(new Estimate(2, false));
    assertThat(stacks.journal("run-1").deletions(10).map(Deletion::entry))
        .containsExactlyInAnyOrder("id=2", "id=3");
    assertThat(stacks.targetTable().items()).hasSize(3);
  }

  private List<String> phases(Order order) {
    Options options = new Options(Mode.MIGRATE, IfTargetNotEmpty.FAIL, order, 1);
    return ready("run-" + order, schema(options, "")).plan().phases();
  }

  private PlanOutcome.Ready ready(String run, MigrationSchema schema) {
    PlanOutcome outcome = plan(run, schema);
    assertThat(outcome).isInstanceOf(PlanOutcome.Ready.class);
    return (PlanOutcome.Ready) outcome;
  }

  private List<Problem> problems(String run, MigrationSchema schema) {
    PlanOutcome outcome = plan(run, schema);
    assertThat(outcome).isInstanceOf(PlanOutcome.Refused.class);
    return ((PlanOutcome.Refused) outcome).problems();
  }

  private PlanOutcome plan(String run, MigrationSchema schema) {
    return new Planner(
            stacks.source(),
            stacks.target(),
            stacks.source(),
            stacks.clock(),
            new Random(1),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .plan(stacks.journal(run), schema, () -> false, () -> false);
  }

  private List<Unit> units(String run, String phase) {
    List<Unit> units = new ArrayList<>();
    stacks.journal(run).forEachUnit(phase, units::add);
    return units;
  }

  private static DoneMarker done(String unit, Tally tally) {
    return new DoneMarker(unit, "run-1", tally, DigestSum.ZERO);
  }

  private static Comparison found(DigestSum source, long different) {
    return new Comparison(source, DigestSum.ZERO, 0, different, 0, 0);
  }

  private static CopyCursor cursor(Tally tally) {
    return new CopyCursor(new Position.AfterKey("a"), tally, DigestSum.ZERO, 0, 0, 0, 0, 0);
  }
}
