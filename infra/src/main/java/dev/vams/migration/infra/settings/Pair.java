package dev.vams.migration.infra.settings;

import java.util.Objects;

/**
 * The names of a bucket or table in the source stack and of its counterpart in the target stack.
 *
 * @param from the name in the source stack
 * @param to the name in the target stack
 */
public record Pair(String from, String to) {
  public Pair {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }
}
