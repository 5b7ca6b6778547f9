package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vams.migration.core.digest.DigestSum;
import dev.vams.migration.core.journal.Comparison;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.json.JacksonCodec;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.PairReport;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

  @Test
  void hasTheNamesThatProgramsReadAndSumsEachKind() throws IOException {
    Report report =
        new Report(
            "run-1",
            Verdict.MISMATCH,
            Mode.MIGRATE,
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:01:00Z",
            "us-east-1",
            "eu-west-1",
            "",
            List.of(
                pair(Kind.BUCKET, new Tally(10, 2, 0, 1, 4_096)),
                pair(Kind.BUCKET, new Tally(1, 1, 0, 0, 4)),
                pair(Kind.TABLE, new Tally(20, 0, 3, 2, 0, 0, 0, 4, 0))),
            5,
            3,
            0,
            0,
            0,
            0,
            List.of(new Problem(Problem.Kind.INPUT, "$.x", "wrong", "Mend it.")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    byte[] json = new JacksonCodec().encode(RunSummary.of(report, "work/report.json"));

    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(json))
        .isEqualTo(
            mapper.readTree(
                """
                {
                  "run": "run-1",
                  "verdict": "MISMATCH",
                  "buckets": {
                    "pairs": 2, "objectsCopied": 11, "objectsSkipped": 3, "objectsKept": 0,
                    "objectsFailed": 1, "objectsDeleted": 0, "objectsArchived": 0, "bytesCopied": 4100
                  },
                  "tables": {
                    "pairs": 1, "itemsCopied": 20, "itemsSkipped": 0, "itemsKept": 3,
                    "itemsFailed": 2, "itemsDeleted": 4
                  },
                  "mismatches": 5,
                  "unfinishedUnits": 0,
                  "report": "work/report.json",
                  "problems": [
                    {"kind": "INPUT", "where": "$.x", "what": "wrong", "remedy": "Mend it."}
                  ]
                }
                """));
  }

  private static PairReport pair(Kind kind, Tally tally) {
    Comparison nothing = new Comparison(DigestSum.ZERO, DigestSum.ZERO, 0, 0, 0, 0);
    return new PairReport(kind, "files", "a", "b", Estimate.NONE, 1, 1, 1, tally, nothing, false);
  }
}
