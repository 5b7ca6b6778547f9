package dev.vams.migration.cli;

import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import java.util.List;

/**
 * The JSON document of {@code --output json}; its names are part of the command line's contract.
 *
 * @param mismatches how many objects and items are missing at the target or differ
 * @param report where the whole report is
 * @param problems why the run was refused; empty when it was not
 */
record RunSummary(
    String run,
    String verdict,
    Buckets buckets,
    Tables tables,
    long mismatches,
    String report,
    List<Problem> problems) {

  record Buckets(
      long pairs, long objectsCopied, long objectsSkipped, long objectsFailed, long bytesCopied) {}

  record Tables(long pairs, long itemsCopied, long itemsFailed) {}

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
            objects.failed(),
            objects.bytes()),
        new Tables(report.count(Kind.TABLE), items.copied(), items.failed()),
        report.mismatchCount(),
        location,
        report.problems());
  }
}
