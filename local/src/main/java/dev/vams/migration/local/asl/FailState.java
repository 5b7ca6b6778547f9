package dev.vams.migration.local.asl;

import java.util.List;
import java.util.Optional;

/** Ends the run with an error. */
record FailState(String name, Optional<Template> error, Optional<Template> cause) implements State {

  @Override
  public List<Exit> exits() {
    return List.of();
  }

  @Override
  public boolean isTerminal() {
    return true;
  }

  @Override
  public Transition enter(Visit visit) throws StateError {
    Scope scope = visit.scope();
    throw new StateError(text(error, scope, "Error"), text(cause, scope, "Cause"));
  }

  private String text(Optional<Template> template, Scope scope, String field) throws StateError {
    return template.isEmpty() ? "" : template.get().evaluateText(scope, field + " of " + name);
  }
}
