package dev.vams.migration.workflow;

import java.util.Map;
import org.apache.logging.log4j.core.util.ContextDataProvider;

/**
 * Puts the ids of the task in hand into the log lines of all threads. What the logging context
 * holds belongs to one thread, and the SDK warns on threads of its own. Found by Log4j as a
 * service.
 */
public final class SharedLogContext implements ContextDataProvider {
  private static volatile Map<String, String> shared = Map.of();

  static void set(Map<String, String> context) {
    shared = context;
  }

  @Override
  public Map<String, String> supplyContextData() {
    return shared;
  }
}
