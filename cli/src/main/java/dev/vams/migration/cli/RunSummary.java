package dev.vams.migration.cli;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import java.util.List;

/**
 * The JSON document of {@code --output json}; its names are part of the command line's contract.
 *
 * @param run the run's name; empty when none began
 * @param verdict one of {@link Verdict}, or {@link #OUTCOME_UNKNOWN}
 * @param mismatches how many objects and items are missing at the target or differ
 * @param unfinishedUnits how many units were not copied or compared to their end
 * @param report where the whole report is; empty when there is none
 * @param problems why the run was refused; empty when it was not
 */
record RunSummary(
    String run,
    String verdict,
    Buckets buckets,
    Tables tables,
    long mismatches,
    long unfinishedUnits,
    String report,
    List<Problem> problems) {

  /** The verdict of a run that goes on, or ended, without this program seeing how. */
  static final String OUTCOME_UNKNOWN = "UNKNOWN";

  record Buckets(
      long pairs,
      long objectsCopied,
      long objectsSkipped,
      long objectsKept,
      long objectsFailed,
      long objectsDeleted,
      long objectsArchived,
      long bytesCopied) {}

  record Tables(
      long pairs,
      long itemsCopied,
      long itemsSkipped,
      long itemsKept,
      long itemsFailed,
      long itemsDeleted) {}

  /** The summary of a run that did not begin, or whose report cannot be seen. */
  static RunSummary withoutReport(String verdict, String run, List<Problem> problems) {
    return new RunSummary(
        run,
        verdict,
        new Buckets(0, 0, 0, 0, 0, 0, 0, 0),
        new Tables(0, 0, 0, 0, 0, 0),
        0,
        0,
        "",
        problems);
  }

  static RunSummary of(Report report, String location) {
    Tally objects = report.total(Kind.BUCKET);
    Tally items = report.total(Kind.TABLE);
    return new RunSummary(
        report.run(),
        report.verdict().name(),
        new Buckets(
            report.count(Kind.BUCKET),
            objects.copied(),
            objects.skipped(),
            objects.kept(),
            objects.failed(),
            objects.deleted(),
            objects.archived(),
            objects.bytes()),
        new Tables(
            report.count(Kind.TABLE),
            items.copied(),
            items.skipped(),
            items.kept(),
            items.failed(),
            items.deleted()),
        report.mismatchCount(),
        report.unfinishedCount(),
        location,
        report.problems());
  }
}
