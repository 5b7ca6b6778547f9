package dev.vams.migration.local.asl;

import java.util.List;

/** Ends the run well. */
record SucceedState(String name, Exit exit) implements State {

  @Override
  public List<Exit> exits() {
    return List.of(exit);
  }

  @Override
  public Transition enter(Visit visit) throws StateError {
    return visit.leave(exit, visit.scope(), visit.input());
  }
}
