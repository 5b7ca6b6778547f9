package dev.vams.migration.core.store;

import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.limit.UnitRate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A table of which no more than so many units are used within a second, by what the service says
 * that calls have used. A call waits for its place without a thread. What a throttled attempt
 * leaves untouched costs nothing, and attempts that the client repeats take no further place.
 */
public final class RatedItemTable implements ItemTable {

  private final ItemTable table;
  private final Optional<UnitRate> reads;
  private final Optional<UnitRate> writes;
  private final ItemUnits item;
  private final Pause pause;

  /** Nobody knows what the first page will use; those behind it make up for it. */
  private volatile double lastPage;

  /**
   * @param reads the rate of read units; empty for as many as the service gives
   * @param writes the rate of write units; empty likewise
   * @param item what an item costs, where that is not seen before
   * @param pause how the waiting is done
   */
  public RatedItemTable(
      ItemTable table,
      Optional<UnitRate> reads,
      Optional<UnitRate> writes,
      ItemUnits item,
      Pause pause) {
    this.table = table;
    this.reads = reads;
    this.writes = writes;
    this.item = item;
    this.pause = pause;
  }

  /**
   * A table that is read only.
   *
   * @param unitsPerSecond read units; empty for as many as the service gives
   * @param item what an item costs
   * @param pause how the waiting is done
   */
  public static RatedItemTable read(
      ItemTable table,
      Optional<Double> unitsPerSecond,
      ItemUnits item,
      InstantSource clock,
      Pause pause) {
    return new RatedItemTable(
        table,
        unitsPerSecond.map(units -> new UnitRate(units, clock)),
        Optional.empty(),
        item,
        pause);
  }

  @Override
  public Lookup<TableFacts> look() {
    return table.look();
  }

  @Override
  public CompletionStage<Boolean> isEmpty() {
    return table.isEmpty();
  }

  @Override
  public CompletionStage<ItemPage> scan(
      int segment, int totalSegments, Optional<Item> startAfter, int most) {
    return rated(
            reads,
            () -> lastPage,
            () -> table.scan(segment, totalSegments, startAfter, most),
            ItemPage::units)
        .thenApply(
            page -> {
              lastPage = page.units() > 0 ? page.units() : lastPage;
              return page;
            });
  }

  @Override
  public CompletionStage<BatchResult> putAll(List<Item> items) {
    return rated(
        writes, () -> item.ofWrites(items), () -> table.putAll(items), RatedItemTable::units);
  }

  @Override
  public CompletionStage<BatchResult> deleteAll(List<Item> keys) {
    return rated(
        writes,
        () -> keys.size() * item.ofWrite(),
        () -> table.deleteAll(keys),
        RatedItemTable::units);
  }

  @Override
  public CompletionStage<PutResult> putIfAbsent(Item absent, List<String> keyNames) {
    return rated(
        writes,
        () -> item.ofWrites(List.of(absent)),
        () -> table.putIfAbsent(absent, keyNames),
        result -> result instanceof PutResult.Put put ? put.units() : 0);
  }

  @Override
  public CompletionStage<ItemBatch> getAll(List<Item> keys) {
    return rated(
        reads, () -> keys.size() * item.ofRead(), () -> table.getAll(keys), ItemBatch::units);
  }

  @Override
  public CompletionStage<Void> tryPutAll(Item absentKey) {
    return table.tryPutAll(absentKey);
  }

  @Override
  public CompletionStage<Void> tryPutIfAbsent(Item absentKey) {
    return table.tryPutIfAbsent(absentKey);
  }

  private static double units(BatchResult result) {
    return result instanceof BatchResult.Taken taken ? taken.units() : 0;
  }

  /**
   * @param likely what the call will probably use, asked for only where there is a rate; it stands
   *     where the answer tells nothing
   */
  private <T> CompletionStage<T> rated(
      Optional<UnitRate> rate,
      DoubleSupplier likely,
      Supplier<CompletionStage<T>> call,
      ToDoubleFunction<T> used) {
    if (rate.isEmpty()) {
      return call.get();
    }
    double guess = likely.getAsDouble();
    Duration wait = rate.get().reserve(guess);
    CompletionStage<T> answer =
        wait.isZero() ? call.get() : pause.after(wait).thenCompose(passed -> call.get());
    return answer.thenApply(
        result -> {
          double units = used.applyAsDouble(result);
          if (units > 0) {
            rate.get().correct(guess, units);
          }
          return result;
        });
  }
}
