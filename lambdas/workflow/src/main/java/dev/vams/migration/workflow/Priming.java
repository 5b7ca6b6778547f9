package dev.vams.migration.workflow;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the work bucket once before Lambda takes its snapshot of a function, so that every
 * environment restored from it has loaded what calls and encrypted connections need (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html#snapstart-tuning">SnapStart
 * performance tuning</a>).
 *
 * <p>The clients used for it, and their connections, are closed before the snapshot. Where it
 * fails, functions only start slower.
 */
final class Priming implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

  /** Lambda's context forgets resources that nobody else remembers. */
  private static final Priming REMEMBERED = new Priming();

  static {
    Core.getGlobalContext().register(REMEMBERED);
  }

  private Priming() {}

  /** Has it done before a snapshot; without SnapStart it is never done. */
  static void beforeSnapshot() {
    // Done by loading this class.
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try (WorkflowWiring wiring = WorkflowWiring.ofLambda(System.getenv())) {
      wiring.workStore().get("priming");
    } catch (RuntimeException e) {
      LOG.warn("priming failed; functions start slower without it", e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Clients connect, and ask for credentials, with their first call.
  }
}
