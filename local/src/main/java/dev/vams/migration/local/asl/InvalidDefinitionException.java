package dev.vams.migration.local.asl;

import java.util.List;

/**
 * A definition has errors or uses what this package does not run. Lists every problem, each with
 * its JSON path.
 */
public final class InvalidDefinitionException extends RuntimeException {

  private final transient List<String> problems;

  InvalidDefinitionException(List<String> problems) {
    super("The state machine definition cannot be run:\n- " + String.join("\n- ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence per problem, in the order of the definition. */
  public List<String> problems() {
    return problems;
  }
}
