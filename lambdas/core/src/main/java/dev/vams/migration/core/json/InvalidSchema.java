package dev.vams.migration.core.json;

import dev.vams.migration.core.plan.Problem;
import java.util.List;

/**
 * A document that cannot be used.
 *
 * @param problems everything that is wrong with it, in the order of reading; never empty
 */
public record InvalidSchema(List<Problem> problems) implements ParsedSchema {

  /**
   * Takes a copy of the list.
   *
   * @throws IllegalArgumentException when it is empty
   */
  public InvalidSchema {
    problems = List.copyOf(problems);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an invalid schema has at least one problem");
    }
  }
}
