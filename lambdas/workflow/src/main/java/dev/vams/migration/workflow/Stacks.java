package dev.vams.migration.workflow;

import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.limit.Pause;
import dev.vams.migration.core.limit.UnitRate;
import dev.vams.migration.core.store.Stack;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Both stacks, as the worker of one unit reaches them.
 *
 * @param objects bounds the copies of objects in flight
 * @param own clients that are for this unit alone
 * @param rates what the tables' units are kept to
 * @param pause how the waiting is done
 */
record Stacks(
    Stack source,
    Stack target,
    AimdWindow objects,
    List<RegionalClients> own,
    List<UnitRate> rates,
    Pause pause)
    implements AutoCloseable {

  /**
   * A page or batch may have cost more than was reserved for it, and ten seconds' worth is reserved
   * for most. Where the average of items tells nothing of them, a worker must still end.
   */
  private static final Duration LONGEST_DEBT = Duration.ofSeconds(30);

  /**
   * Waits until the next worker may begin, which knows nothing of what this one has used: calls
   * that wait for their place when a unit fails begin until then, too.
   */
  @Override
  public void close() {
    rates.stream()
        .map(UnitRate::debt)
        .filter(debt -> !debt.isZero())
        .max(Comparator.naturalOrder())
        .ifPresent(
            debt ->
                InFlight.await(
                    pause.after(debt.compareTo(LONGEST_DEBT) < 0 ? debt : LONGEST_DEBT)));
    own.forEach(RegionalClients::close);
  }
}
