package dev.vams.migration.core.report;

import static dev.vams.migration.core.TwoStacks.TABLE;
import static dev.vams.migration.core.TwoStacks.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.ComparedMarker;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.DoneMarker;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Journal;
import dev.vams.migration.core.journal.LeftArchived;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.RecordLog;
import dev.vams.migration.core.journal.Stop;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.ManualClock;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Options;
import dev.vams.migration.core.plan.Order;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.plan.Unit;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.verify.Reconciler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcluderTest {
  private static final Unit RANGE = new Unit.KeyRange("bucket-0", "assets", "", "", "");
  private static final Unit SEGMENT = new Unit.Segment("table-0", TABLE, 0, 1);
  private static final Unit ITEMS = new Unit.ItemComparison("table-0-items", TABLE, 0, 1);
  private static final DigestSum CONTENT = new DigestSum(10, "1".repeat(64));
  private static final DigestSum OTHER = new DigestSum(10, "2".repeat(64));
  private static final Comparison EQUAL = new Comparison(CONTENT, CONTENT, 0, 0, 0, 0);

  private final TwoStacks stacks = new TwoStacks();
  private final Journal journal = stacks.journal();

  @BeforeEach
  void planTwoUnits() {
    journal.saveUnits(Reconciler.VERIFY_PHASE, List.of(RANGE, SEGMENT));
    journal.saveUnits(Reconciler.LOCATE_PHASE, List.<Unit>of());
  }

  @Test
  void aRunThatWasStoppedSaysWhyFirst() {
    journal.stop(new Stop("assets", "listing bucket blue-assets: NoSuchBucket: it is gone"));

    Report report = conclude();

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.notes())
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("The run was stopped")
        .contains("assets", "listing bucket blue-assets: NoSuchBucket: it is gone", "retries");
  }

  @Test
  void everythingCopiedAndEqualIsVerified() {
    copied(RANGE, new Tally(7, 3, 0, 0, 4096));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    compared(RANGE, EQUAL);
    compared(SEGMENT, EQUAL);

    Report report = conclude();

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.notes()).isEmpty();
    assertThat(report.pairs())
        .containsExactly(
            new PairReport(
                PairReport.Kind.BUCKET,
                "assets",
                "blue-assets",
                "green-assets",
                Estimate.NONE,
                1,
                1,
                1,
                new Tally(7, 3, 0, 0, 4096),
                EQUAL,
                false),
            new PairReport(
                PairReport.Kind.TABLE,
                TABLE,
                "blue-table",
                "green-table",
                Estimate.NONE,
                1,
                1,
                1,
                Tally.ofCopiedItems(10),
                EQUAL,
                false));
    assertThat(report.startedAt()).isEqualTo(ManualClock.START.toString());
  }

  @Test
  void versionsAreCountedWhateverBecameOfThem() {
    copied(RANGE, new Tally(1, 0, 0, 9, 0));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    DigestSum one = new DigestSum(1, "1".repeat(64));
    compared(RANGE, new Comparison(CONTENT, one, 9, 0, 0, 0, 3, 0));
    compared(SEGMENT, EQUAL);

    assertThat(
            new Concluder(stacks.clock()).conclude(journal, planOfVersions(Mode.MIGRATE)).notes())
        .containsExactly(
            "assets: 7 versions and 3 delete markers in the source, 1 and 0 in the target.");
    assertThat(
            new Concluder(stacks.clock()).conclude(journal, planOfVersions(Mode.DRY_RUN)).notes())
        .isEmpty();
  }

  @Test
  void versionsThatWereNotAllComparedAreNotCounted() {
    everythingCopied();

    assertThat(
            new Concluder(stacks.clock()).conclude(journal, planOfVersions(Mode.MIGRATE)).notes())
        .isEmpty();
  }

  private static MigrationPlan planOfVersions(Mode mode) {
    return TwoStacks.planOfVersions(new Options(mode, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1));
  }

  @Test
  void aMissingObjectIsAMismatch() {
    everythingCopied();
    compared(RANGE, new Comparison(CONTENT, OTHER, 2, 1, 0, 0));
    compared(SEGMENT, EQUAL);
    RecordLog log = journal.mismatchLog(RANGE.id(), 0);
    Mismatch mismatch = new Mismatch(RANGE.id(), "assets", "a", Mismatch.Kind.MISSING, "not there");
    log.add(mismatch);
    log.flush();

    Report report = conclude();

    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.mismatchCount()).isEqualTo(3);
    assertThat(report.mismatches()).containsExactly(mismatch);
  }

  @Test
  void aFailureWeighsMoreThanAMismatch() {
    copied(RANGE, new Tally(9, 0, 0, 1, 0));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    compared(RANGE, new Comparison(CONTENT, OTHER, 1, 0, 0, 0));
    compared(SEGMENT, EQUAL);
    RecordLog log = journal.failureLog(RANGE.id(), 0);
    Failure failure = new Failure(RANGE.id(), "a", "AccessDenied: no", "Allow it.");
    log.add(failure);
    log.flush();

    Report report = conclude();

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.failureCount()).isEqualTo(1);
    assertThat(report.failures()).containsExactly(failure);
  }

  @Test
  void aUnitWithoutMarkersIsUnfinishedWithTheCauseThatTheWorkflowKnows() {
    copied(RANGE, Tally.ofCopied(1));
    compared(RANGE, EQUAL);
    stacks
        .work()
        .put(
            journal.files().results() + "copy/id/FAILED_0.json",
            """
            [{"Input":"{\\"unit\\":{\\"kind\\":\\"SEGMENT\\",\\"id\\":\\"table-0\\",\\"descriptor\\":\\"assetTable\\",\
            \\"segment\\":0,\\"totalSegments\\":1}}","Status":"FAILED","Error":"UnitFailed","Cause":"no access"}]
            """
                .getBytes(StandardCharsets.UTF_8));

    Report report = conclude();

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.unfinishedCount()).isEqualTo(2);
    assertThat(report.unfinished())
        .containsExactly(
            new UnfinishedUnit("table-0", TABLE, "not copied: UnitFailed: no access"),
            new UnfinishedUnit("table-0", TABLE, "not compared: UnitFailed: no access"));
  }

  @Test
  void aUnitThatNobodyKnowsOfWasStopped() {
    assertThat(conclude().unfinished())
        .extracting(UnfinishedUnit::cause)
        .containsOnly("not copied: the worker was stopped", "not compared: the worker was stopped");
  }

  @Test
  void differencesFoundItemByItemAreAddedAndExtrasCounted() {
    everythingCopied();
    compared(RANGE, EQUAL);
    DigestSum twelve = new DigestSum(12, "3".repeat(64));
    compared(SEGMENT, new Comparison(CONTENT, twelve, 0, 0, 0, 0));
    journal.saveUnits(Reconciler.LOCATE_PHASE, List.of(ITEMS));
    compared(ITEMS, new Comparison(DigestSum.ZERO, DigestSum.ZERO, 1, 2, 0, 0));

    Report report = conclude();

    Comparison found = report.pairs().get(1).comparison();
    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(found.missing()).isEqualTo(1);
    assertThat(found.different()).isEqualTo(2);
    assertThat(found.extra()).as("12 at the target, of which 9 are the source's").isEqualTo(3);
  }

  /** Each item of the source has an equal twin, but two of them the same. */
  @Test
  void itemsThatShareOneOfTheTargetAreMissing() {
    everythingCopied();
    compared(RANGE, EQUAL);
    DigestSum ten = new DigestSum(10, "3".repeat(64));
    DigestSum nine = new DigestSum(9, "4".repeat(64));
    compared(SEGMENT, new Comparison(ten, nine, 0, 0, 0, 0));
    journal.saveUnits(Reconciler.LOCATE_PHASE, List.of(ITEMS));
    compared(ITEMS, Comparison.ZERO);

    Report report = conclude();

    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.pairs().get(1).comparison().missing()).isEqualTo(1);
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).contains("several have the same key at the target"));
  }

  @Test
  void anItemComparisonThatWasNotFinishedFailsTheRun() {
    everythingCopied();
    compared(RANGE, EQUAL);
    compared(SEGMENT, EQUAL);
    journal.saveUnits(Reconciler.LOCATE_PHASE, List.of(ITEMS));

    assertThat(conclude().verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void aSourceThatChangedBetweenCopyAndComparisonIsNoted() {
    copied(RANGE, Tally.ofCopied(1));
    journal.markDone(new DoneMarker(SEGMENT.id(), "run-1", Tally.ofCopiedItems(10), OTHER));
    compared(RANGE, EQUAL);
    compared(SEGMENT, EQUAL);

    Report report = conclude();

    assertThat(report.pairs()).extracting(PairReport::sourceChanged).containsExactly(false, true);
    assertThat(report.notes())
        .containsExactly(
            "The source of assetTable changed between copy and comparison: stop its writers and run"
                + " again.");
  }

  /** Equal sizes do not show that the target has what the source has now. */
  @Test
  void aChangedSourceComparedBySizeOnlyIsAMismatch() {
    DigestSum before = new DigestSum(CONTENT.count(), "3".repeat(64));
    journal.markDone(new DoneMarker(RANGE.id(), "run-1", new Tally(10, 0, 0, 0, 0), before));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    compared(RANGE, new Comparison(CONTENT, CONTENT, 0, 0, 0, 1));
    compared(SEGMENT, EQUAL);

    assertThat(conclude().verdict()).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void whatWasLeftAloneIsNoted() {
    copied(RANGE, new Tally(1, 0, 1234, 0, 0));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    compared(RANGE, new Comparison(CONTENT, CONTENT, 0, 0, 2000, 3));
    compared(SEGMENT, EQUAL);
    MigrationPlan retry =
        new MigrationPlan(
            "run-1",
            ManualClock.START.toString(),
            schema(Options.defaults(), "run-0"),
            List.of("copy"),
            Map.of(),
            Map.of(
                TABLE,
                new MigrationPlan.TablePlan(
                    List.of(new KeyAttribute("id", "S")),
                    List.of(),
                    10,
                    1000,
                    0,
                    1,
                    MigrationPlan.Ceilings.NONE,
                    MigrationPlan.Ceilings.NONE,
                    Estimate.NONE)),
            5000,
            List.of("A note of the plan."));

    assertThat(new Concluder(stacks.clock()).conclude(journal, retry).notes())
        .containsExactly(
            "A note of the plan.",
            "5,000 units had been copied by run-0 already and were not copied again.",
            "The target of assets has 2,000 more that the source has not; they were left alone.",
            "3 objects of assets were compared by size only: their ETags are no checksums, and no"
                + " common checksum is stored.",
            "1,234 of assets were at the target before, with other content or content that cannot be"
                + " compared, and were kept because of MERGE. To replace them, start a new run with"
                + " OVERWRITE.");
  }

  @Test
  void toVerifyOnlyComparisonsCount() {
    compared(RANGE, EQUAL);
    compared(SEGMENT, EQUAL);

    assertThat(conclude(Mode.VERIFY).verdict()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void aDryRunIsPlanned() {
    Report report = conclude(Mode.DRY_RUN);

    assertThat(report.verdict()).isEqualTo(Verdict.PLANNED);
    assertThat(report.unfinishedCount()).isZero();
    assertThat(report.pairs()).extracting(PairReport::units).containsExactly(1, 1);
  }

  @Test
  void aMirrorListsWhatWasDeleted() {
    copied(RANGE, new Tally(1, 0, 0, 0, 1, 0, 0, 2, 0));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    compared(RANGE, new Comparison(CONTENT, CONTENT, 0, 0, 1, 0));
    compared(SEGMENT, EQUAL);
    RecordLog log = journal.deletionLog(RANGE.id(), 0);
    Deletion deletion = new Deletion(RANGE.id(), "old");
    log.add(deletion);
    log.flush();

    Report report =
        new Concluder(stacks.clock()).conclude(journal, TwoStacks.plan(mirror(Mode.MIGRATE)));

    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.deletionCount()).isEqualTo(2);
    assertThat(report.deletions()).containsExactly(deletion);
    assertThat(report.notes())
        .containsExactly(
            "The target of assets has 1 more that the source has not; they were not deleted, or"
                + " appeared after the deletion.");
    assertThat(new ReportText(report).render())
        .contains("1 object in 1 pair, 1 B copied, 2 deleted\n")
        .contains("DELETED FROM TARGETS (2)\n  old\n  ... and 1 more in the folder deletions\n");
  }

  /** What an earlier run did is counted, and named in its own folder. */
  @Test
  void aRetrySaysWhereTheNamesOfDeletionsAre() {
    copied(RANGE, new Tally(1, 0, 0, 0, 1, 0, 0, 2, 0));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    compared(RANGE, EQUAL);
    compared(SEGMENT, EQUAL);
    MigrationPlan retry = TwoStacks.plan(schema(mirror(Mode.MIGRATE).options(), "run-0"));

    Report report = new Concluder(stacks.clock()).conclude(journal, retry);

    assertThat(new ReportText(report).render())
        .contains(
            "DELETED FROM TARGETS (2)\n  ... and 2 more in the folder deletions, and in that of"
                + " run-0, which it continued\n");
  }

  @Test
  void aDryRunOfAMirrorListsWhatWouldBeDeleted() {
    MigrationPlan plan =
        new MigrationPlan(
            "run-1",
            ManualClock.START.toString(),
            mirror(Mode.DRY_RUN),
            List.of("copy"),
            Map.of(
                "assets",
                new MigrationPlan.BucketPlan(
                    Estimate.NONE, Set.of(), false, true, 1, new Estimate(7, true))),
            Map.of(
                TABLE,
                new MigrationPlan.TablePlan(
                    List.of(new KeyAttribute("id", "S")),
                    List.of(),
                    10,
                    1000,
                    0,
                    1,
                    MigrationPlan.Ceilings.NONE,
                    MigrationPlan.Ceilings.NONE,
                    Estimate.NONE)),
            0,
            List.of());

    Report report = new Concluder(stacks.clock()).conclude(journal, plan);

    assertThat(report.notes())
        .containsExactly(
            "The target of assets was not looked through to its end for what would be deleted: 7"
                + " were found until time was up.");
    assertThat(new ReportText(report).render()).contains("WOULD BE DELETED FROM TARGETS (7)\n");
  }

  private static MigrationSchema mirror(Mode mode) {
    return schema(
        new Options(mode, IfTargetNotEmpty.OVERWRITE, Order.TOGETHER, 1).deletingExtraneous(), "");
  }

  @Test
  void whatIsLeftInTheArchiveIsListedAndTheVerdictDoesNotPretend() {
    copied(RANGE, new Tally(1, 0, 0, 0, 1, 0, 0, 0, 1));
    copied(SEGMENT, Tally.ofCopiedItems(10));
    compared(RANGE, new Comparison(CONTENT, OTHER, 1, 0, 0, 0));
    compared(SEGMENT, EQUAL);
    RecordLog log = journal.archivedLog(RANGE.id(), 0);
    LeftArchived left = new LeftArchived(RANGE.id(), "old", "GLACIER");
    log.add(left);
    log.flush();

    Report report = conclude();

    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.archivedCount()).isEqualTo(1);
    assertThat(report.archived()).containsExactly(left);
    assertThat(report.notes()).anyMatch(note -> note.contains("because of SKIP_AND_REPORT"));
    assertThat(new ReportText(report).render())
        .contains("ARCHIVED, NOT COPIED (1)\n  old (GLACIER)\n");
  }

  @Test
  void aRefusedRunHasItsProblems() {
    List<Problem> problems = List.of(new Problem(Problem.Kind.INPUT, "$", "is wrong", "Mend it."));

    Report report = new Concluder(stacks.clock()).refuse("run-1", Optional.empty(), problems);

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.problems()).isEqualTo(problems);
  }

  private Report conclude() {
    return conclude(Mode.MIGRATE);
  }

  private Report conclude(Mode mode) {
    Options options = new Options(mode, IfTargetNotEmpty.FAIL, Order.TOGETHER, 1);
    return new Concluder(stacks.clock()).conclude(journal, TwoStacks.plan(schema(options, "")));
  }

  private void everythingCopied() {
    copied(RANGE, Tally.ofCopied(1));
    copied(SEGMENT, Tally.ofCopiedItems(10));
  }

  private void copied(Unit unit, Tally tally) {
    journal.markDone(new DoneMarker(unit.id(), "run-1", tally, CONTENT));
  }

  private void compared(Unit unit, Comparison comparison) {
    journal.markCompared(new ComparedMarker(unit.id(), unit.descriptor(), comparison));
  }
}
