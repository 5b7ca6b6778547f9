package dev.vams.migration.core.store;

import static dev.vams.migration.core.store.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vams.migration.core.TwoStacks;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.RecordingPause;
import dev.vams.migration.core.limit.SimulatedTime;
import dev.vams.migration.core.limit.UnitRate;
import dev.vams.migration.core.plan.Estimate;
import dev.vams.migration.core.plan.IfTargetNotEmpty;
import dev.vams.migration.core.plan.MigrationPlan;
import dev.vams.migration.core.plan.MigrationPlan.Ceilings;
import dev.vams.migration.core.plan.MigrationPlan.TablePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatedItemTableTest {
  private static final int SEGMENTS = 8;
  private static final int CEILING = 500;
  private static final long SEED = 5;

  private final SimulatedTime time = new SimulatedTime();
  private final Random random = new Random(SEED);
  private double used;

  /** What indexes add to a write is known from the answers only. */
  @Test
  void aCeilingIsKeptOverAMinuteByAllSegmentsTogether() {
    double share = plan().ceilingsOfWorker(TwoStacks.TABLE).targetWrites().orElseThrow();
    for (int segment = 0; segment < SEGMENTS; segment++) {
      ItemTable table =
          new RatedItemTable(
              new IndexedTable(),
              Optional.empty(),
              Optional.of(new UnitRate(share, time)),
              ItemUnits.LEAST,
              time);
      for (int call = 0; call < 3; call++) {
        keepWriting(table, segment + "-" + call);
      }
    }
    time.pass(Duration.ofSeconds(10));
    used = 0;
    time.pass(Duration.ofMinutes(1));

    System.out.printf(
        "seed %d: %.0f units in a minute, the ceiling allows %d%n", SEED, used, CEILING * 60);
    assertThat(used).isBetween(CEILING * 60 * 0.95, CEILING * 60 * 1.05);
  }

  @Test
  void pagesAndBatchesOfReadsAreKeptToTheirRate() {
    InMemoryItemTable table = new InMemoryItemTable("id");
    table.put(texts("id", "1", "v", "x".repeat(40_000)));
    RecordingPause pause = new RecordingPause();
    ItemTable rated =
        RatedItemTable.read(table, Optional.of(10.0), new ItemUnits(40_000, 0), time, pause);

    InFlight.await(rated.scan(0, 1, Optional.empty()));
    InFlight.await(rated.scan(0, 1, Optional.empty()));
    InFlight.await(rated.getAll(List.of(texts("id", "1"))));
    InFlight.await(rated.putAll(List.of(texts("id", "2"))));

    assertThat(pause.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  /** A key does not show how large the item is, and its deletion is written to indexes too. */
  @Test
  void deletionsReserveWhatItemsProbablyCost() {
    RecordingPause pause = new RecordingPause();
    ItemTable unanswered =
        new ForwardingItemTable(new InMemoryItemTable("id")) {
          @Override
          public CompletionStage<BatchResult> deleteAll(List<Item> keys) {
            return new CompletableFuture<>();
          }
        };
    ItemTable rated =
        new RatedItemTable(
            unanswered,
            Optional.empty(),
            Optional.of(new UnitRate(10, time)),
            new ItemUnits(9_000, 2),
            pause);

    rated.deleteAll(List.of(texts("id", "1"), texts("id", "2")));
    rated.putAll(List.of(texts("id", "3")));

    assertThat(pause.waits()).containsExactly(Duration.ofMillis(5_400));
  }

  @Test
  void withoutARateNothingWaits() {
    RecordingPause pause = new RecordingPause();
    ItemTable rated =
        new RatedItemTable(
            new InMemoryItemTable("id"),
            Optional.empty(),
            Optional.empty(),
            ItemUnits.LEAST,
            pause);

    InFlight.await(rated.putAll(List.of(texts("id", "2"))));
    InFlight.await(rated.deleteAll(List.of(texts("id", "2"))));
    InFlight.await(rated.putIfAbsent(texts("id", "2"), List.of("id")));

    assertThat(pause.waits()).isEmpty();
    assertThat(InFlight.await(rated.isEmpty())).isFalse();
  }

  private void keepWriting(ItemTable table, String name) {
    List<Item> batch =
        IntStream.range(0, 25)
            .mapToObj(i -> texts("id", name + i, "v", "x".repeat(random.nextInt(3000))))
            .toList();
    table
        .putAll(batch)
        .thenAccept(
            result -> {
              used += ((BatchResult.Taken) result).units();
              keepWriting(table, name);
            });
  }

  private static MigrationPlan plan() {
    Ceilings ceilings =
        new Ceilings(Optional.empty(), Optional.empty(), Optional.of((double) CEILING));
    return TwoStacks.plan(
        IfTargetNotEmpty.FAIL,
        new TablePlan(
            TwoStacks.TABLE_PLAN.keys(),
            List.of(),
            0,
            1000,
            0,
            SEGMENTS,
            ceilings,
            ceilings,
            Estimate.NONE));
  }

  /** Answers after some time; what is written costs one to three times as much as the table. */
  private final class IndexedTable extends ForwardingItemTable {
    private IndexedTable() {
      super(new InMemoryItemTable("id"));
    }

    @Override
    public CompletionStage<BatchResult> putAll(List<Item> items) {
      double factor = 1 + 2 * random.nextDouble();
      return time.after(Duration.ofMillis(5 + random.nextInt(40)))
          .thenCompose(passed -> super.putAll(items))
          .thenApply(
              result -> {
                BatchResult.Taken taken = (BatchResult.Taken) result;
                return new BatchResult.Taken(taken.unprocessed(), factor * taken.units());
              });
    }
  }
}
