package dev.vams.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.plan.Mode;
import dev.vams.migration.core.plan.Problem;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
  private static final Problem INPUT =
      new Problem(Problem.Kind.INPUT, "$.regionFrom", "wrong", "Mend it.");
  private static final Problem ACCESS =
      new Problem(Problem.Kind.ACCESS, "$.regionFrom", "closed", "Open it.");

  @ParameterizedTest
  @CsvSource({"VERIFIED, 0", "PLANNED, 0", "MISMATCH, 1", "FAILED, 1"})
  void saysTheVerdict(Verdict verdict, int exitCode) {
    assertThat(ExitCode.of(report(verdict, List.of()))).isEqualTo(exitCode);
  }

  @Test
  void refusedRunIsTheInputsFaultAsSoonAsTheInputIsWrong() {
    assertThat(ExitCode.of(report(Verdict.REFUSED, List.of(ACCESS)))).isEqualTo(3);
    assertThat(ExitCode.of(report(Verdict.REFUSED, List.of(INPUT)))).isEqualTo(2);
    assertThat(ExitCode.of(report(Verdict.REFUSED, List.of(ACCESS, INPUT)))).isEqualTo(2);
  }

  private static Report report(Verdict verdict, List<Problem> problems) {
    return new Report(
        "run",
        verdict,
        Mode.MIGRATE,
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z",
        "us-east-1",
        "us-east-1",
        "",
        List.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        problems,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
