package dev.vams.migration.cli;

import dev.vams.migration.core.json.ValueJson;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An item before and after, line by line, each attribute in DynamoDB's JSON form. Maps and lists
 * that differ are opened as far as they do. Names are in alphabetical order, as the service gives
 * them in none; what is only afterwards comes last, but behind its old name if it has the value of
 * one that is gone.
 *
 * @param keyNames come before all other names
 * @param isColoured whether lines get the colours that terminals understand
 */
record ItemDiff(List<String> keyNames, boolean isColoured) {

  /** Enough for a line of a terminal; what differs is always shown whole. */
  private static final int LONGEST_SAME = 100;

  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  /**
   * The lines; those that are only before begin with {@code -}, those only after with {@code +}.
   */
  List<String> lines(Item before, Item after) {
    List<String> lines = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(keyNames);
    names.addAll(inOrder(before.attributes(), after.attributes()));
    compare(names, before.attributes(), after.attributes(), "  ", lines);
    return lines;
  }

  private static Set<String> inOrder(Map<String, Value> before, Map<String, Value> after) {
    SortedSet<String> added = new TreeSet<>(after.keySet());
    added.removeAll(before.keySet());
    Set<String> names = new LinkedHashSet<>();
    for (String name : new TreeSet<>(before.keySet())) {
      names.add(name);
      if (!after.containsKey(name)) {
        added.stream()
            .filter(other -> after.get(other).equals(before.get(name)))
            .filter(other -> !names.contains(other))
            .findFirst()
            .ifPresent(names::add);
      }
    }
    names.addAll(added);
    return names;
  }

  private void compare(
      Set<String> names,
      Map<String, Value> before,
      Map<String, Value> after,
      String indent,
      List<String> lines) {
    for (String name : names) {
      compare(name, before.get(name), after.get(name), indent, lines);
    }
  }

  private void compare(String name, Value before, Value after, String indent, List<String> lines) {
    if (before != null && before.equals(after)) {
      lines.add(indent + shortened(name + "  " + ValueJson.write(before)));
    } else if (before instanceof Value.MapOf one && after instanceof Value.MapOf other) {
      lines.add(indent + name);
      compare(
          inOrder(one.entries(), other.entries()),
          one.entries(),
          other.entries(),
          indent + "  ",
          lines);
    } else if (before instanceof Value.ListOf one
        && after instanceof Value.ListOf other
        && one.elements().size() == other.elements().size()) {
      lines.add(indent + name);
      for (int i = 0; i < one.elements().size(); i++) {
        compare(
            Integer.toString(i),
            one.elements().get(i),
            other.elements().get(i),
            indent + "  ",
            lines);
      }
    } else {
      if (before != null) {
        lines.add(coloured(RED, "-" + indent.substring(1) + name + "  " + ValueJson.write(before)));
      }
      if (after != null) {
        lines.add(
            coloured(GREEN, "+" + indent.substring(1) + name + "  " + ValueJson.write(after)));
      }
    }
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST_SAME ? line : line.substring(0, LONGEST_SAME) + " ...";
  }

  private String coloured(String colour, String line) {
    return isColoured ? colour + line + PLAIN : line;
  }
}
