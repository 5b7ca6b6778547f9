package dev.vams.migration.core.store;

import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.limit.UnitRate;
import java.util.Optional;

/**
 * One side of a migration, of whose tables no more than so many units are used within a second.
 *
 * @param reads the rate of read units; empty for as many as the service gives
 * @param writes the rate of write units; empty likewise
 * @param item what an item of its tables costs, where that is not seen before
 * @param pause how the waiting is done
 */
public record RatedStack(
    Stack stack, Optional<UnitRate> reads, Optional<UnitRate> writes, ItemUnits item, Pause pause)
    implements Stack {

  @Override
  public ObjectStore objects() {
    return stack.objects();
  }

  @Override
  public ObjectUploads uploads() {
    return stack.uploads();
  }

  @Override
  public ItemTable table(String name) {
    return new RatedItemTable(stack.table(name), reads, writes, item, pause);
  }
}
