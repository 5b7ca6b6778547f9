package dev.vams.migration.core.report;

import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.NotCarried;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.PairReport.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The report for people: plain text. */
public final class ReportText {
  private static final int SHOWN = 20;

  private final Report report;

  /** Creates the text of a report. */
  public ReportText(Report report) {
    this.report = report;
  }

  /** The whole report, ending in a line with the verdict and the totals. */
  public String render() {
    List<String> lines = new ArrayList<>();
    lines.add("Migration %s".formatted(report.run()));
    lines.add(
        "%s -> %s, %s to %s%s"
            .formatted(
                report.regionFrom(),
                report.regionTo(),
                report.startedAt(),
                report.finishedAt(),
                report.retryOf().isEmpty() ? "" : ", continues " + report.retryOf()));
    addPairs(lines, Kind.BUCKET, "BUCKETS", "object");
    addPairs(lines, Kind.TABLE, "TABLES", "item");
    addProblems(lines);
    addUnfinished(lines);
    addFailures(lines);
    addMismatches(lines);
    addNotCarried(lines);
    addArchived(lines);
    addDeletions(lines);
    if (!report.notes().isEmpty()) {
      lines.add("");
      lines.add("NOTES");
      report.notes().forEach(note -> lines.add("  " + note));
    }
    lines.add("");
    lines.add(verdictLine());
    return String.join("\n", lines) + "\n";
  }

  /** The verdict and the totals on one line. */
  public String verdictLine() {
    Tally objects = report.total(Kind.BUCKET);
    Tally items = report.total(Kind.TABLE);
    return switch (report.verdict()) {
      case REFUSED ->
          "REFUSED: %s before anything was copied"
              .formatted(count(report.problems().size(), "problem"));
      case PLANNED ->
          "PLANNED: %s and %s can be migrated; nothing was copied"
              .formatted(
                  count(report.count(Kind.BUCKET), "bucket pair"),
                  count(report.count(Kind.TABLE), "table pair"));
      case VERIFIED, MISMATCH, FAILED ->
          report.mode() == Mode.VERIFY
              ? "%s: %s and %s compared, %s"
                  .formatted(
                      report.verdict(),
                      count(compared(Kind.BUCKET), "object"),
                      count(compared(Kind.TABLE), "item"),
                      shortcomings())
              : "%s: %s (%s) and %s copied, %s skipped, %s"
                  .formatted(
                      report.verdict(),
                      count(objects.copied(), "object"),
                      bytes(objects.bytes()),
                      count(items.copied(), "item"),
                      number(objects.skipped() + items.skipped()),
                      shortcomings());
    };
  }

  private String shortcomings() {
    String text =
        "%s, %s failed"
            .formatted(count(report.mismatchCount(), "mismatch"), number(report.failureCount()));
    return report.unfinishedCount() == 0
        ? text
        : text + ", " + count(report.unfinishedCount(), "unit") + " unfinished";
  }

  private long compared(Kind kind) {
    return report.pairs().stream()
        .filter(pair -> pair.kind() == kind)
        .mapToLong(pair -> pair.comparison().source().count())
        .sum();
  }

  private record Column(String title, int width, Function<PairReport, String> cell) {}

  private static Column count(String title, int width, ToLongFunction<PairReport> value) {
    return new Column(title, width, pair -> number(value.applyAsLong(pair)));
  }

  private List<Column> columns() {
    List<Column> copied =
        List.of(
            count("COPIED", 10, pair -> pair.tally().copied()),
            count("SKIPPED", 9, pair -> pair.tally().skipped()),
            count("KEPT", 8, pair -> pair.tally().kept()),
            count("FAILED", 8, pair -> pair.tally().failed()));
    List<Column> compared =
        List.of(
            count("IN SOURCE", 10, pair -> pair.comparison().source().count()),
            count("IN TARGET", 10, pair -> pair.comparison().target().count()),
            count("MISSING", 8, pair -> pair.comparison().missing()),
            count("DIFFER", 8, pair -> pair.comparison().different()));
    return switch (report.mode()) {
      case DRY_RUN ->
          List.of(
              new Column("IN SOURCE, ABOUT", 17, pair -> estimate(pair.estimate())),
              count("UNITS", 8, PairReport::units));
      case VERIFY -> compared;
      case MIGRATE -> Stream.concat(copied.stream(), compared.stream()).toList();
    };
  }

  private static String estimate(Estimate estimate) {
    return number(estimate.entries()) + (estimate.orMore() ? " or more" : "");
  }

  private void addPairs(List<String> lines, Kind kind, String title, String entry) {
    List<PairReport> pairs = report.pairs().stream().filter(pair -> pair.kind() == kind).toList();
    if (pairs.isEmpty()) {
      return;
    }
    int width =
        Math.max(
            title.length(), pairs.stream().mapToInt(p -> p.descriptor().length()).max().orElse(0));
    List<Column> columns = columns();
    lines.add("");
    lines.add(row(width, title, columns, Column::title));
    for (PairReport pair : pairs) {
      lines.add(row(width, pair.descriptor(), columns, column -> column.cell().apply(pair)));
    }
    if (report.mode() == Mode.MIGRATE) {
      Tally total = report.total(kind);
      String size = kind == Kind.BUCKET ? ", " + bytes(total.bytes()) + " copied" : "";
      String deleted = total.deleted() > 0 ? ", " + number(total.deleted()) + " deleted" : "";
      lines.add(
          "  %s in %s%s"
              .formatted(
                  count(total.entries() - total.deleted(), entry),
                  count(pairs.size(), "pair"),
                  size + deleted));
    }
  }

  private static String row(
      int width, String head, List<Column> columns, Function<Column, String> cell) {
    StringBuilder row = new StringBuilder("  ");
    row.append(String.format(Locale.ROOT, "%-" + width + "s", head));
    for (Column column : columns) {
      String text = cell.apply(column);
      row.append(String.format(Locale.ROOT, " %" + column.width() + "s", text));
    }
    return row.toString();
  }

  private void addProblems(List<String> lines) {
    if (report.problems().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("PROBLEMS");
    for (Problem problem : report.problems()) {
      lines.add("  " + problem.line());
    }
  }

  private void addUnfinished(List<String> lines) {
    if (report.unfinishedCount() == 0) {
      return;
    }
    lines.add("");
    lines.add("UNFINISHED UNITS (%s)".formatted(number(report.unfinishedCount())));
    report.unfinished().stream()
        .limit(SHOWN)
        .forEach(unit -> lines.add("  %s: %s".formatted(unit.unit(), unit.cause())));
    addRest(lines, report.unfinishedCount(), report.unfinished().size(), "in report.json");
  }

  private void addFailures(List<String> lines) {
    if (report.failureCount() == 0) {
      return;
    }
    lines.add("");
    lines.add("FAILED (%s)".formatted(number(report.failureCount())));
    for (Failure failure : report.failures().stream().limit(SHOWN).toList()) {
      lines.add("  %s".formatted(failure.entry()));
      lines.add("    %s".formatted(failure.error()));
      lines.add("    %s".formatted(failure.advice()));
    }
    addRest(lines, report.failureCount(), report.failures().size(), "in the folder failures");
  }

  private void addMismatches(List<String> lines) {
    if (report.mismatchCount() == 0) {
      return;
    }
    lines.add("");
    lines.add("MISMATCHES (%s)".formatted(number(report.mismatchCount())));
    for (Mismatch mismatch : report.mismatches().stream().limit(SHOWN).toList()) {
      lines.add(
          "  %s %s: %s (%s)"
              .formatted(
                  mismatch.kind(), mismatch.descriptor(), mismatch.entry(), mismatch.detail()));
    }
    addRest(lines, report.mismatchCount(), report.mismatches().size(), "in the folder mismatches");
  }

  private void addNotCarried(List<String> lines) {
    if (report.notCarriedCount() == 0) {
      return;
    }
    lines.add("");
    lines.add("COPIED, BUT NOT CARRIED (%s)".formatted(number(report.notCarriedCount())));
    for (NotCarried object : report.notCarried().stream().limit(SHOWN).toList()) {
      lines.add("  %s: %s".formatted(object.entry(), object.what()));
    }
    addRest(lines, report.notCarriedCount(), report.notCarried().size(), inFolder("not-carried"));
  }

  private void addArchived(List<String> lines) {
    if (report.archivedCount() == 0) {
      return;
    }
    lines.add("");
    lines.add("ARCHIVED, NOT COPIED (%s)".formatted(number(report.archivedCount())));
    report.archived().stream()
        .limit(SHOWN)
        .forEach(object -> lines.add("  %s (%s)".formatted(object.entry(), object.reason())));
    addRest(lines, report.archivedCount(), report.archived().size(), inFolder("archived"));
  }

  private void addDeletions(List<String> lines) {
    if (report.deletionCount() == 0) {
      return;
    }
    lines.add("");
    lines.add(
        "%s (%s)"
            .formatted(
                report.mode() == Mode.DRY_RUN
                    ? "WOULD BE DELETED FROM TARGETS"
                    : "DELETED FROM TARGETS",
                number(report.deletionCount())));
    report.deletions().stream()
        .limit(SHOWN)
        .forEach(object -> lines.add("  %s".formatted(object.entry())));
    addRest(lines, report.deletionCount(), report.deletions().size(), inFolder("deletions"));
  }

  /** What a run did is in its own folder, also when another one continues it. */
  private String inFolder(String folder) {
    return report.retryOf().isEmpty()
        ? "in the folder " + folder
        : "in the folder %s, and in that of %s, which it continued"
            .formatted(folder, report.retryOf());
  }

  private static void addRest(List<String> lines, long all, int known, String where) {
    long shown = Math.min(SHOWN, known);
    if (all > shown) {
      lines.add("  ... and %s more %s".formatted(number(all - shown), where));
    }
  }

  /** A number with its thousands apart, the same in every locale. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String count(long count, String noun) {
    String plural = noun.endsWith("ch") ? noun + "es" : noun + "s";
    return number(count) + " " + (count == 1 ? noun : plural);
  }

  /** A size in binary units, such as {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
  }
}
