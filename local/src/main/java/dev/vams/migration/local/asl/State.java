package dev.vams.migration.local.asl;

import java.util.List;

/**
 * A state of a definition. Immutable and thread-safe: what changes during a run is in the {@link
 * Visit}.
 */
sealed interface State
    permits TaskState,
        ChoiceState,
        MapState,
        InlineMapState,
        PassState,
        WaitState,
        SucceedState,
        FailState {

  String name();

  /** Every way out, of errors too. */
  List<Exit> exits();

  /** Whether a run can end here. */
  default boolean isTerminal() {
    return exits().stream().anyMatch(exit -> exit.next().isEmpty());
  }

  /**
   * Does what the state does.
   *
   * @throws StateError if that fails and the state does not catch it: the run fails
   */
  Transition enter(Visit visit) throws StateError, InterruptedException;
}
