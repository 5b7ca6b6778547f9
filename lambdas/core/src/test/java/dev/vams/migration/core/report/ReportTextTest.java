package dev.vams.migration.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Mismatch;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTextTest {
  private static final DigestSum CONTENT = new DigestSum(1234567, "1".repeat(64));
  private static final PairReport BUCKET =
      new PairReport(
          PairReport.Kind.BUCKET,
          "assets",
          "blue-assets",
          "green-assets",
          Estimate.NONE,
          3,
          3,
          3,
          new Tally(1234560, 5, 0, 2, 5L << 30),
          new Comparison(CONTENT, CONTENT, 0, 0, 0, 0),
          false);
  private static final PairReport TABLE =
      new PairReport(
          PairReport.Kind.TABLE,
          "assetTable",
          "blue-table",
          "green-table",
          Estimate.NONE,
          1,
          1,
          1,
          new Tally(1, 0, 0, 0, 0),
          new Comparison(
              new DigestSum(1, "1".repeat(64)), new DigestSum(1, "1".repeat(64)), 0, 0, 0, 0),
          false);

  @Test
  void showsPairsAndTotals() {
    assertThat(text(report(Verdict.FAILED, Mode.MIGRATE, 0, 2, 0)))
        .isEqualTo(
            """
            Migration run-1
            us-east-1 -> eu-west-1, 2026-01-01T00:00:00Z to 2026-01-01T01:00:00Z, continues run-0

              BUCKETS     COPIED   SKIPPED     KEPT   FAILED  IN SOURCE  IN TARGET  MISSING   DIFFER
              assets   1,234,560         5        0        2  1,234,567  1,234,567        0        0
              1,234,567 objects in 1 pair, 5.0 GiB copied

              TABLES         COPIED   SKIPPED     KEPT   FAILED  IN SOURCE  IN TARGET  MISSING   DIFFER
              assetTable          1         0        0        0          1          1        0        0
              1 item in 1 pair

            FAILED (2)
              a/b.glb
                AccessDenied: no
                Allow it.
              ... and 1 more in the folder failures

            FAILED: 1,234,560 objects (5.0 GiB) and 1 item copied, 5 skipped, 0 mismatches, 2 failed
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-CH", "fr-FR", "hi-IN", "ar-EG-u-nu-arab", "tr-TR"})
  void isTheSameInEveryLocale(String locale) {
    String expected = text(report(Verdict.FAILED, Mode.MIGRATE, 30, 2, 1500));
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      assertThat(text(report(Verdict.FAILED, Mode.MIGRATE, 30, 2, 1500))).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void showsTheFirstTwentyMismatchesAndHowManyMoreThereAre() {
    String text = text(report(Verdict.MISMATCH, Mode.MIGRATE, 1030, 0, 0));

    assertThat(text.lines().filter(line -> line.startsWith("  MISSING assets: key"))).hasSize(20);
    assertThat(text)
        .contains("MISMATCHES (1,030)")
        .contains("... and 1,010 more in the folder mismatches");
  }

  @Test
  void showsUnfinishedUnitsWithTheirCauses() {
    String text = text(report(Verdict.FAILED, Mode.MIGRATE, 0, 0, 1));

    assertThat(text)
        .contains("UNFINISHED UNITS (1)\n  table-0: not copied: no access\n")
        .endsWith("0 mismatches, 0 failed, 1 unit unfinished\n");
  }

  @Test
  void aComparisonSaysWhatWasCompared() {
    assertThat(line(report(Verdict.VERIFIED, Mode.VERIFY, 0, 0, 0)))
        .isEqualTo("VERIFIED: 1,234,567 objects and 1 item compared, 0 mismatches, 0 failed");
  }

  @Test
  void aDryRunSaysWhatCanBeMigrated() {
    assertThat(line(report(Verdict.PLANNED, Mode.DRY_RUN, 0, 0, 0)))
        .isEqualTo("PLANNED: 1 bucket pair and 1 table pair can be migrated; nothing was copied");
  }

  @Test
  void aRefusalListsItsProblems() {
    Report report =
        new Report(
            "run-1",
            Verdict.REFUSED,
            Mode.MIGRATE,
            "t",
            "t",
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
            List.of(new Problem(Problem.Kind.INPUT, "$.regionFrom", "is wrong", "Mend it.")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("A note."));

    assertThat(text(report))
        .contains("PROBLEMS\n  $.regionFrom: is wrong. Mend it.\n")
        .contains("NOTES\n  A note.\n")
        .endsWith("REFUSED: 1 problem before anything was copied\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "5368709120, 5.0 GiB",
    "1125899906842624, 1.0 PiB",
    "9223372036854775807, 8192.0 PiB"
  })
  void sizesAreInBinaryUnits(long bytes, String text) {
    assertThat(ReportText.bytes(bytes)).isEqualTo(text);
  }

  private static String text(Report report) {
    return new ReportText(report).render();
  }

  private static String line(Report report) {
    return new ReportText(report).verdictLine();
  }

  private static Report report(
      Verdict verdict, Mode mode, int mismatches, int failures, int unfinished) {
    return new Report(
        "run-1",
        verdict,
        mode,
        "2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00Z",
        "us-east-1",
        "eu-west-1",
        "run-0",
        List.of(BUCKET, TABLE),
        mismatches,
        failures,
        unfinished,
        0,
        0,
        0,
        List.of(),
        Collections.nCopies(
            Math.min(100, mismatches),
            new Mismatch("bucket-0", "assets", "key", Mismatch.Kind.MISSING, "not there")),
        failures == 0
            ? List.of()
            : List.of(new Failure("bucket-0", "a/b.glb", "AccessDenied: no", "Allow it.")),
        List.of(),
        List.of(),
        List.of(),
        unfinished == 0
            ? List.of()
            : List.of(new UnfinishedUnit("table-0", "assetTable", "not copied: no access")),
        List.of());
  }
}
