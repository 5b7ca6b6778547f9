package dev.vams.migration.core.report;

import static java.util.Objects.requireNonNull;

import dev.vams.migration.core.plan.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people are told when a run starts or ends, perhaps at night and on a small screen: how it
 * ended, the totals, the first failures, what to do, and where to read more.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">The limits of subjects
 *     and messages</a>
 */
public final class NotificationText {
  /** Characters of a subject: fewer than 101, all of them ASCII. */
  private static final int SUBJECT_LENGTH = 100;

  private static final int SHOWN = 5;

  /**
   * Characters of one line. With all lines this long the message holds less than 256 KiB, whatever
   * is in them.
   */
  private static final int LINE_LENGTH = 1_000;

  private final StatusChange change;
  private final Optional<Report> report;

  /**
   * Creates the text.
   *
   * @param report the run's report; empty if there is none
   */
  public NotificationText(StatusChange change, Optional<Report> report) {
    this.change = requireNonNull(change, "change");
    // A run that goes on or was cut off may have the report of an earlier attempt.
    this.report =
        switch (change.status()) {
          case SUCCEEDED, FAILED -> report;
          case RUNNING, TIMED_OUT, ABORTED -> Optional.empty();
        };
  }

  /** How an execution stands, in the words of Step Functions. */
  public enum Status {
    /** It was started. */
    RUNNING,
    /** It ended with a verdict that is good. */
    SUCCEEDED,
    /** It ended with a verdict that is not good, or without one. */
    FAILED,
    /** It was cut off by its time limit. */
    TIMED_OUT,
    /** Somebody stopped it. */
    ABORTED
  }

  /**
   * An execution's new status.
   *
   * @param run the run's name
   * @param cause what Step Functions says of a failure; empty if nothing
   * @param executionArn names the execution
   * @param reportLocation where the report for people is, or would be
   */
  public record StatusChange(
      String run, Status status, String cause, String executionArn, String reportLocation) {
    public StatusChange {
      requireNonNull(run, "run");
      requireNonNull(status, "status");
      requireNonNull(cause, "cause");
      requireNonNull(executionArn, "executionArn");
      requireNonNull(reportLocation, "reportLocation");
    }
  }

  /** One line of ASCII, 100 characters at most. */
  public String subject() {
    String ascii = headline().replaceAll("[^ -~]", "?");
    return ascii.substring(0, Math.min(ascii.length(), SUBJECT_LENGTH));
  }

  /** The whole message, less than 256 KiB. */
  public String message() {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    lines.add("");
    if (report.isPresent()) {
      addReport(lines, report.get());
    } else if (!change.cause().isEmpty()) {
      lines.add("Step Functions says: " + change.cause().lines().findFirst().orElse(""));
      lines.add("");
    }
    lines.add("WHAT TO DO");
    lines.add("  " + advice());
    lines.add("");
    report.ifPresent(known -> lines.add("Report:    " + change.reportLocation()));
    lines.add("Execution: " + executionPage());
    return lines.stream()
        .map(NotificationText::shortened)
        .reduce("", (all, line) -> all + line + "\n");
  }

  private String headline() {
    return "Migration "
        + change.run()
        + switch (change.status()) {
          case RUNNING -> " has started";
          case SUCCEEDED -> report.map(NotificationText::verdict).orElse(" has succeeded");
          case FAILED ->
              report.map(NotificationText::verdict).orElse(" broke off, without a report");
          case TIMED_OUT -> " ran out of time";
          case ABORTED -> " was stopped";
        };
  }

  private static String verdict(Report report) {
    return ": " + report.verdict();
  }

  private static void addReport(List<String> lines, Report report) {
    lines.add(new ReportText(report).verdictLine());
    lines.add(
        "%s -> %s, %s to %s"
            .formatted(
                report.regionFrom(), report.regionTo(), report.startedAt(), report.finishedAt()));
    lines.add("");
    addFirst(
        lines,
        "PROBLEMS",
        report.problems().size(),
        report.problems().stream().map(problem -> problem.line()));
    addFirst(
        lines,
        "FAILED",
        report.failureCount(),
        report.failures().stream()
            .map(it -> "%s: %s. %s".formatted(it.entry(), it.error(), it.advice())));
    addFirst(
        lines,
        "UNFINISHED UNITS",
        report.unfinishedCount(),
        report.unfinished().stream().map(it -> it.unit() + ": " + it.cause()));
    addFirst(
        lines,
        "MISMATCHES",
        report.mismatchCount(),
        report.mismatches().stream()
            .map(it -> "%s %s: %s".formatted(it.kind(), it.descriptor(), it.entry())));
  }

  private static void addFirst(
      List<String> lines, String title, long count, Stream<String> entries) {
    if (count == 0) {
      return;
    }
    lines.add(
        count > SHOWN
            ? "%s (the first %d of %s)".formatted(title, SHOWN, ReportText.number(count))
            : title);
    entries.limit(SHOWN).forEach(entry -> lines.add("  " + entry));
    lines.add("");
  }

  private String advice() {
    return switch (change.status()) {
      case RUNNING -> "Nothing. The next message comes when it ends.";
      case SUCCEEDED, FAILED -> report.map(this::advice).orElseGet(this::adviceWithoutReport);
      case TIMED_OUT, ABORTED -> "What was copied stays. To go on, " + retry() + ".";
    };
  }

  private String adviceWithoutReport() {
    return change.status() == Status.SUCCEEDED
        ? "Look at the run's folder in the work bucket: the report could not be read."
        : "Open the execution: its failed state has the error. Put it right, then " + retry() + ".";
  }

  private String advice(Report known) {
    return switch (known.verdict()) {
      case VERIFIED -> "Keep the report: it is the proof. The new stack can go into service.";
      case PLANNED -> "Nothing was copied. The migration can start.";
      case REFUSED -> "Nothing was copied. Put right every problem above, then start again.";
      case MISMATCH ->
          "See that nothing writes to either stack and look at what differs, then "
              + again(known)
              + ".";
      case FAILED -> "Put right what the failures name, then " + again(known) + ".";
    };
  }

  private String again(Report known) {
    return known.mode() == Mode.MIGRATE ? retry() : "start it again";
  }

  private String retry() {
    return "start a new execution with \"retryOf\": \"%s\" in the schema: only what is missing is copied"
        .formatted(change.run());
  }

  /** The partition is the second part of an ARN, the region the fourth. */
  private String executionPage() {
    String[] arn = change.executionArn().split(":", 5);
    if (arn.length < 5) {
      return change.executionArn();
    }
    String console =
        switch (arn[1]) {
          case "aws-cn" -> "console.amazonaws.cn";
          case "aws-us-gov" -> "console.amazonaws-us-gov.com";
          default -> "console.aws.amazon.com";
        };
    return "https://%s/states/home?region=%s#/v2/executions/details/%s"
        .formatted(console, arn[3], change.executionArn());
  }

  private static String shortened(String line) {
    return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH) + "...";
  }
}
