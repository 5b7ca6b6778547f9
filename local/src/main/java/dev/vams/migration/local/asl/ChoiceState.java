package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes where the first rule whose condition is true leads. */
record ChoiceState(String name, List<Rule> rules, Optional<Exit> otherwise) implements State {

  /** One choice. */
  record Rule(Template condition, Exit exit) {}

  @Override
  public List<Exit> exits() {
    return Stream.concat(rules.stream().map(Rule::exit), otherwise.stream()).toList();
  }

  @Override
  public Transition enter(Visit visit) throws StateError {
    Scope scope = visit.scope();
    for (Rule rule : rules) {
      if (isTrue(rule.condition(), scope)) {
        return visit.leave(rule.exit(), scope, visit.input());
      }
    }
    if (otherwise.isEmpty()) {
      throw new StateError(
          StateError.NO_CHOICE_MATCHED, "No choice of " + name + " matched, and it has no Default");
    }
    return visit.leave(otherwise.get(), scope, visit.input());
  }

  private boolean isTrue(Template condition, Scope scope) throws StateError {
    JsonNode value = condition.evaluate(scope);
    if (!value.isBoolean()) {
      throw new StateError(
          StateError.QUERY_EVALUATION,
          "A Condition of " + name + " must be a boolean, but is " + value);
    }
    return value.booleanValue();
  }
}
