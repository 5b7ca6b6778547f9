package dev.vams.migration.local.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** States that lead to one another: those of a machine, or those that a Map runs for each item. */
record Workflow(String startAt, Map<String, State> states) {

  /** The states that a run can come to, in the order of their distance from the start. */
  Set<String> reachable() {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.add(startAt);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (states.containsKey(name) && reached.add(name)) {
        states.get(name).exits().forEach(exit -> exit.next().ifPresent(open::add));
      }
    }
    return reached;
  }
}
