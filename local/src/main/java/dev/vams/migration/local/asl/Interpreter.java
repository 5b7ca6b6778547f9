package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * Runs state machines as AWS Step Functions runs them. Thread-safe.
 *
 * <p>It differs in what cannot be had in one process: a task that exceeds its TimeoutSeconds is not
 * cut short but fails when it returns; the machine's own TimeoutSeconds is looked at between
 * states, attempts and items; and when a distributed Map exceeds its tolerated failures, the
 * children that are already running are awaited, not stopped.
 */
public final class Interpreter {

  private final Ports ports;
  private final Limits limits;

  public Interpreter(Ports ports, Limits limits) {
    this.ports = Objects.requireNonNull(ports);
    this.limits = Objects.requireNonNull(limits);
  }

  /**
   * Runs a machine on the calling thread, and the children of its Maps on threads of their own,
   * until it ends.
   *
   * <p>An interrupt of the calling thread is passed on to running children, which are awaited; none
   * is started any more. The interrupt flag is set again when this returns {@link
   * ExecutionResult.Aborted}.
   *
   * @param executionName what {@code $states.context.Execution.Name} says
   * @param input must not be changed while this runs
   */
  public ExecutionResult run(StateMachine machine, String executionName, JsonNode input) {
    Execution execution =
        new Execution(
            new Identity(machine.name(), executionName),
            machine.workflow(),
            input,
            ports,
            limits,
            machine.timeout().map(ports.clock().instant()::plus));
    try {
      return execution.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ExecutionResult.Aborted();
    }
  }
}
