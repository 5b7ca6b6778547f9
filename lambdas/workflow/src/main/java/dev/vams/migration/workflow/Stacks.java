package dev.vams.migration.workflow;

import dev.vams.migration.core.limit.AimdWindow;
import dev.vams.migration.core.store.Stack;
import java.util.List;

/**
 * Both stacks, as the worker of one unit reaches them.
 *
 * @param objects bounds the copies of objects in flight
 * @param own clients that are for this unit alone
 */
record Stacks(Stack source, Stack target, AimdWindow objects, List<RegionalClients> own)
    implements AutoCloseable {

  @Override
  public void close() {
    own.forEach(RegionalClients::close);
  }
}
