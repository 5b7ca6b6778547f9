package dev.vams.migration.core.report;

import dev.vams.migration.core.journal.Deletion;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.LeftArchived;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.NotCarried;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import java.util.List;

/**
 * The report of one run, as {@code report.json} holds it. Its counts of what was not carried, was
 * deleted or is archived include what the run that it continued did; the lists are of its own.
 *
 * @param startedAt when the plan was made, ISO 8601 in UTC
 * @param finishedAt when the report was made, ISO 8601 in UTC
 * @param retryOf the run that this one continued; empty when it started from nothing
 * @param pairs in the order of the schema, buckets first
 * @param mismatchCount how many objects and items are missing at the target or differ
 * @param failureCount how many objects and items could not be copied
 * @param unfinishedCount how many units were not copied or compared to their end
 * @param notCarriedCount how many objects were copied without something that their sources have
 * @param deletionCount how many objects and items that only the targets had were deleted; after a
 *     dry run, how many were found that would be
 * @param archivedCount how many archived objects were not copied because of SKIP_AND_REPORT
 * @param problems why the run was refused; empty when it was not
 * @param mismatches the first of them; all are in the folder {@code mismatches} beside the report
 * @param failures the first of them; all are in the folder {@code failures} beside the report
 * @param notCarried the first of them; all are in the folder {@code not-carried} beside the report
 * @param deletions the first of them; all are in the folder {@code deletions} beside the report
 * @param archived the first of them; all are in the folder {@code archived} beside the report
 * @param unfinished the first of them
 * @param notes what the operator should know besides, in whole sentences
 */
public record Report(
    String run,
    Verdict verdict,
    Mode mode,
    String startedAt,
    String finishedAt,
    String regionFrom,
    String regionTo,
    String retryOf,
    List<PairReport> pairs,
    long mismatchCount,
    long failureCount,
    long unfinishedCount,
    long notCarriedCount,
    long deletionCount,
    long archivedCount,
    List<Problem> problems,
    List<Mismatch> mismatches,
    List<Failure> failures,
    List<NotCarried> notCarried,
    List<Deletion> deletions,
    List<LeftArchived> archived,
    List<UnfinishedUnit> unfinished,
    List<String> notes) {

  /** Takes copies of the lists. */
  public Report {
    pairs = List.copyOf(pairs);
    problems = List.copyOf(problems);
    mismatches = List.copyOf(mismatches);
    failures = List.copyOf(failures);
    notCarried = List.copyOf(notCarried);
    deletions = List.copyOf(deletions);
    archived = List.copyOf(archived);
    unfinished = List.copyOf(unfinished);
    notes = List.copyOf(notes);
  }

  /** What happened to all objects, or to all items. */
  public Tally total(PairReport.Kind kind) {
    return pairs.stream()
        .filter(pair -> pair.kind() == kind)
        .map(PairReport::tally)
        .reduce(Tally.ZERO, Tally::plus);
  }

  /** How many pairs there are of a kind. */
  public long count(PairReport.Kind kind) {
    return pairs.stream().filter(pair -> pair.kind() == kind).count();
  }
}
