package dev.vams.migration.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.NotificationText.Status;
import dev.vams.migration.core.report.NotificationText.StatusChange;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationTextTest {
  private static final DigestSum CONTENT = new DigestSum(7, "1".repeat(64));
  private static final String ARN = "arn:aws:states:eu-west-1:111122223333:execution:Move:green-1";

  @Test
  void tellsOfAFailureWhatFailedAndWhatToDo() {
    assertThat(text(Status.FAILED, "", report(Verdict.FAILED, Mode.MIGRATE, 7, 0)).message())
        .isEqualTo(
            """
            Migration green-1: FAILED

            FAILED: 5 objects (1.0 KiB) and 0 items copied, 0 skipped, 0 mismatches, 7 failed
            us-east-1 -> eu-west-1, 2026-01-01T00:00:00Z to 2026-01-01T01:00:00Z

            FAILED (the first 5 of 7)
              a.glb: AccessDenied: no. Allow it.
              a.glb: AccessDenied: no. Allow it.
              a.glb: AccessDenied: no. Allow it.
              a.glb: AccessDenied: no. Allow it.
              a.glb: AccessDenied: no. Allow it.

            WHAT TO DO
              Put right what the failures name, then start a new execution with "retryOf": "green-1" in the schema: only what is missing is copied.

            Report:    s3://work/runs/green-1/report.txt
            Execution: https://console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/%s
            """
                .formatted(ARN));
  }

  @Test
  void tellsOfARunThatBrokeOffWhatStepFunctionsSays() {
    assertThat(text(Status.FAILED, "The bucket is gone\nat a.B.c(D.java)", null).message())
        .startsWith(
            """
            Migration green-1 broke off, without a report

            Step Functions says: The bucket is gone

            WHAT TO DO
              Open the execution: its failed state has the error. Put it right, then start a new execution""")
        .doesNotContain("Report:");
  }

  @Test
  void namesTheProblemsOfARefusedRun() {
    Report refused =
        new Report(
            "green-1",
            Verdict.REFUSED,
            Mode.MIGRATE,
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z",
            "us-east-1",
            "eu-west-1",
            "",
            List.of(),
            0,
            0,
            0,
            0,
            0,
            0,
            List.of(new Problem(Problem.Kind.ACCESS, "bucket x", "access is denied", "Allow it.")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    assertThat(text(Status.FAILED, "PlanRefused", refused).message())
        .contains("PROBLEMS\n  bucket x: access is denied. Allow it.\n")
        .contains("Nothing was copied. Put right every problem above, then start again.");
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, Migration green-1 has started, Nothing. The next message",
    "SUCCEEDED, Migration green-1 has succeeded, the report could not be read",
    "TIMED_OUT, Migration green-1 ran out of time, '\"retryOf\": \"green-1\"'",
    "ABORTED, Migration green-1 was stopped, '\"retryOf\": \"green-1\"'"
  })
  void tellsOfEveryStatusWithoutAReport(Status status, String subject, String advice) {
    NotificationText text = text(status, "", null);

    assertThat(text.subject()).isEqualTo(subject);
    assertThat(text.message()).startsWith(subject + "\n\nWHAT TO DO\n").contains(advice);
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void hasTheVerdictInTheSubject(Verdict verdict) {
    assertThat(text(Status.SUCCEEDED, "", report(verdict, Mode.MIGRATE, 0, 0)).subject())
        .isEqualTo("Migration green-1: " + verdict);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"RUNNING", "TIMED_OUT", "ABORTED"})
  void believesNoReportOfAnEarlierAttempt(Status status) {
    assertThat(text(status, "", report(Verdict.VERIFIED, Mode.MIGRATE, 0, 0)).message())
        .doesNotContain("VERIFIED");
  }

  @Test
  void doesNotSuggestToContinueWhatCannotBeContinued() {
    assertThat(text(Status.FAILED, "", report(Verdict.MISMATCH, Mode.VERIFY, 0, 1)).message())
        .contains("MISMATCHES\n  MISSING assets: a.glb\n")
        .contains("look at what differs, then start it again.")
        .doesNotContain("retryOf");
  }

  @Test
  void fitsWhatSnsAccepts() {
    String long4 = "\ud83d\ude00".repeat(10_000);
    StatusChange change =
        new StatusChange("\u00fc".repeat(200), Status.FAILED, long4, ARN, "s3://work/x");
    Report report = report(Verdict.FAILED, Mode.MIGRATE, 100, 100, long4);

    NotificationText text = new NotificationText(change, Optional.of(report));

    assertThat(text.subject()).hasSize(100).matches("[ -~]*");
    assertThat(text.message().getBytes(UTF_8)).hasSizeLessThan(256 * 1024);
    assertThat(new NotificationText(change, Optional.empty()).message().getBytes(UTF_8))
        .hasSizeLessThan(256 * 1024);
  }

  @ParameterizedTest
  @CsvSource({
    "aws, https://console.aws.amazon.com/states",
    "aws-us-gov, https://console.amazonaws-us-gov.com/states",
    "aws-cn, https://console.amazonaws.cn/states"
  })
  void linksToTheConsoleOfThePartition(String partition, String page) {
    StatusChange change =
        new StatusChange(
            "r", Status.RUNNING, "", ARN.replace("arn:aws:", "arn:" + partition + ":"), "s3://w/r");

    assertThat(new NotificationText(change, Optional.empty()).message()).contains(page);
  }

  private static NotificationText text(Status status, String cause, Report report) {
    return new NotificationText(
        new StatusChange("green-1", status, cause, ARN, "s3://work/runs/green-1/report.txt"),
        Optional.ofNullable(report));
  }

  private static Report report(Verdict verdict, Mode mode, int failures, int mismatches) {
    return report(verdict, mode, failures, mismatches, "a.glb");
  }

  private static Report report(
      Verdict verdict, Mode mode, int failures, int mismatches, String entry) {
    return new Report(
        "green-1",
        verdict,
        mode,
        "2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00Z",
        "us-east-1",
        "eu-west-1",
        "",
        List.of(
            new PairReport(
                PairReport.Kind.BUCKET,
                "assets",
                "blue-assets",
                "green-assets",
                Estimate.NONE,
                1,
                1,
                1,
                new Tally(5, 0, 0, failures, 1024),
                new Comparison(CONTENT, CONTENT, 0, 0, 0, 0),
                false)),
        mismatches,
        failures,
        0,
        0,
        0,
        0,
        List.of(),
        Collections.nCopies(
            mismatches, new Mismatch("u", "assets", entry, Mismatch.Kind.MISSING, "")),
        Collections.nCopies(failures, new Failure("u", entry, "AccessDenied: no", "Allow it.")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
