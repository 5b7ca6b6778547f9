package dev.vams.migration.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationPlanTest {

  /** A batch of 25 costs the units of all its items, and those of indexes. */
  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      value = {
        "units, bytes, indexes, segments, page, writes",
        "5,      1024,       0,        1,   50,      2",
        "500,    1024,       0,        8,  500,     25",
        "500,    2049,       0,       10,  166,      7",
        "500,   10240,       5,       10,    8,      1",
        "100000, 1024,       0,        8,  500,   5000",
        "1,    400000,       4,        1,    1,      1"
      })
  void whatIsWrittenAtOnceTakesTenSecondsOfAWorkersShare(
      double units, long bytes, int indexes, int segments, int page, int writes) {
    MigrationPlan plan =
        plan(
            bytes,
            indexes,
            segments,
            new Ceilings(Optional.empty(), Optional.empty(), Optional.of(units)));

    assertThat(plan.itemsOfPage(TwoStacks.TABLE)).isEqualTo(page);
    assertThat(plan.writesInFlight(TwoStacks.TABLE)).contains(writes);
    assertThat(plan.ceilingsOfWorker(TwoStacks.TABLE)).isEqualTo(Ceilings.NONE);
  }

  @Test
  void pagesAreCutByReadUnitsToo() {
    Ceilings reads = new Ceilings(Optional.of(60.0), Optional.of(40.0), Optional.empty());

    assertThat(plan(5_000, 3, 2, reads).itemsOfPage(TwoStacks.TABLE)).isEqualTo(100);
  }

  @Test
  void whereNobodyKnowsThePaceNothingIsBounded() {
    MigrationPlan plan = plan(400_000, 5, 1, Ceilings.NONE);

    assertThat(plan.itemsOfPage(TwoStacks.TABLE)).isEqualTo(500);
    assertThat(plan.writesInFlight(TwoStacks.TABLE)).isEmpty();
  }

  private static MigrationPlan plan(long bytes, int indexes, int segments, Ceilings pace) {
    return TwoStacks.plan(
        IfTargetNotEmpty.FAIL,
        new TablePlan(
            TwoStacks.TABLE_PLAN.keys(),
            List.of(),
            1_000,
            bytes,
            indexes,
            segments,
            Ceilings.NONE,
            pace,
            Estimate.NONE));
  }
}
