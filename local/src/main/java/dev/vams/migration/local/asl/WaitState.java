package dev.vams.migration.local.asl;

import java.time.Duration;
import java.util.List;

/** Lets time pass. */
record WaitState(String name, NumberTemplate seconds, Exit exit) implements State {

  @Override
  public List<Exit> exits() {
    return List.of(exit);
  }

  @Override
  public Transition enter(Visit visit) throws StateError, InterruptedException {
    Scope scope = visit.scope();
    visit.sleep(Duration.ofSeconds(seconds.evaluate(scope).longValueExact()));
    return visit.leave(exit, scope, visit.input());
  }
}
