package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;

/** Runs small definitions with everything around them in the test's hands. */
final class Rig {

  private static final ObjectMapper JSON = new ObjectMapper();

  final ManualTime time = new ManualTime();
  final ObjectsInMemory objects = new ObjectsInMemory();
  final RecordingListener listener = new RecordingListener();
  private Limits limits = new Limits(4, 1_000_000);
  private TaskInvoker tasks = (function, payload) -> payload;

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A machine of these states, which starts at {@code Start}. */
  static StateMachine machine(String states) {
    return StateMachine.load("Machine", definition(states), Map.of());
  }

  static JsonNode definition(String states) {
    return json(
        "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"Start\",\"States\":{" + states + "}}");
  }

  Rig tasks(TaskInvoker invoker) {
    this.tasks = invoker;
    return this;
  }

  Rig limits(int parallelism, long resultFileBytes) {
    this.limits = new Limits(parallelism, resultFileBytes);
    return this;
  }

  Interpreter interpreter() {
    return interpreter(time, objects);
  }

  Interpreter interpreter(Sleeper sleeper, ObjectAccess access) {
    return new Interpreter(
        new Ports(tasks, access, listener, time, sleeper, new Random(1)), limits);
  }

  ExecutionResult run(String states) {
    return run(states, "{}");
  }

  ExecutionResult run(String states, String input) {
    return run(machine(states), input);
  }

  ExecutionResult run(StateMachine machine, String input) {
    return interpreter().run(machine, "run-1", json(input));
  }

  JsonNode output(String states, String input) {
    return succeeded(run(states, input));
  }

  static JsonNode succeeded(ExecutionResult result) {
    assertThat(result).isInstanceOf(ExecutionResult.Succeeded.class);
    return ((ExecutionResult.Succeeded) result).output();
  }

  static ExecutionResult.Failed failed(ExecutionResult result) {
    assertThat(result).isInstanceOf(ExecutionResult.Failed.class);
    return (ExecutionResult.Failed) result;
  }
}
