package dev.vams.migration.core.transfer;

import static dev.vams.migration.core.TwoStacks.KEY;
import static dev.vams.migration.core.TwoStacks.TABLE;
import static dev.vams.migration.core.TwoStacks.plan;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.FAIL;
import static dev.vams.migration.core.plan.IfTargetNotEmpty.MERGE;
import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.journal.Failure;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.limit.Backoff;
import dev.vams.migration.core.limit.LargestRandom;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.plan.Unit.KeyRange;
import dev.vams.migration.core.plan.Unit.Segment;
import dev.vams.migration.core.store.StoreError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The books stay right when services answer on threads of their own, as the real clients do. */
class ManyThreadsTest {
  private static final StoreError REFUSAL =
      new StoreError("InvalidRequest", "x".repeat(1000), StoreError.Scope.ENTRY);

  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final TwoStacks stacks = new TwoStacks(threads);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void everyObjectIsBookedOnce() {
    for (int i = 0; i < 3000; i++) {
      stacks.putSource("k%05d".formatted(i), "x");
      if (i % 3 == 0) {
        stacks.objects().refuseCopy("k%05d".formatted(i), REFUSAL);
      }
    }

    assertThat(copyRange()).isEqualTo(new CopyStep.Done(new Tally(2000, 0, 0, 1000, 2000)));
    assertThat(stacks.journal().failures(5000).map(Failure::entry))
        .hasSize(1000)
        .doesNotHaveDuplicates();
  }

  @Test
  void onlyTheWorkersOwnThreadWaitsForTheWorkStore() {
    for (int i = 0; i < 3000; i++) {
      stacks.putSource("k%05d".formatted(i), "x");
      stacks.objects().refuseCopy("k%05d".formatted(i), REFUSAL);
    }

    copyRange();

    assertThat(stacks.work().list(stacks.journal().files().failures())).hasSizeGreaterThan(2);
    assertThat(stacks.work().writers()).containsExactly(Thread.currentThread());
  }

  @Test
  void everyItemIsBookedOnce() {
    for (int i = 0; i < 3000; i++) {
      stacks.sourceTable().put(texts(KEY, "item-" + i));
      if (i % 3 == 0) {
        stacks.targetTable().put(texts(KEY, "item-" + i));
      }
    }
    Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new LargestRandom());

    CopyStep step =
        new SegmentCopier(
                stacks.source(),
                stacks.target(),
                TransferLimits.DEFAULT.writes(),
                (unit, change) -> {},
                stacks.clock(),
                backoff,
                new RecordingPause())
            .copy(
                stacks.journal(),
                plan(MERGE),
                new Segment("unit-1", TABLE, 0, 1),
                Optional.empty(),
                () -> false);

    assertThat(step).isEqualTo(new CopyStep.Done(new Tally(2000, 1000, 0, 0, 0)));
  }

  private CopyStep copyRange() {
    return new KeyRangeCopier(
            stacks.source(),
            stacks.target(),
            TransferLimits.DEFAULT.objects(),
            TransferLimits.DEFAULT,
            (unit, change) -> {},
            stacks.clock(),
            TwoStacks.BACKOFF,
            new RecordingPause())
        .copy(
            stacks.journal(),
            plan(FAIL),
            new KeyRange("unit-0", "assets", "", "", ""),
            Optional.empty(),
            () -> false);
  }
}
