package dev.vams.migration.core.store;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Counts the calls of a fake and lets chosen ones fail as a service would. Thread-safe. */
final class ScriptedFaults {
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<String, StoreError> faults = new ConcurrentHashMap<>();
  private final Map<String, StoreError> losses = new ConcurrentHashMap<>();
  private final Map<String, Runnable> events = new ConcurrentHashMap<>();

  /** The call of this number, from 1, fails. */
  void failCall(Enum<?> operation, int number, StoreError error) {
    faults.put(operation + "#" + number, error);
  }

  /** The call of this number, from 1, takes effect, but its answer is lost. */
  void loseAnswer(Enum<?> operation, int number, StoreError error) {
    losses.put(operation + "#" + number, error);
  }

  /** Something else happens right before the call of this number, from 1. */
  void before(Enum<?> operation, int number, Runnable event) {
    events.put(operation + "#" + number, event);
  }

  int calls(Enum<?> operation) {
    return counter(operation).get();
  }

  /** Makes a call, unless it is one that fails. */
  <T> CompletionStage<T> call(Enum<?> operation, Supplier<CompletionStage<T>> work) {
    int number = counter(operation).incrementAndGet();
    events.getOrDefault(operation + "#" + number, () -> {}).run();
    StoreError fault = faults.get(operation + "#" + number);
    if (fault != null) {
      return failed("call " + number + " of " + operation, fault);
    }
    StoreError loss = losses.get(operation + "#" + number);
    return loss == null
        ? work.get()
        : work.get().thenCompose(answer -> failed("call " + number + " of " + operation, loss));
  }

  static <T> CompletionStage<T> failed(String doing, StoreError error) {
    return CompletableFuture.failedStage(new StoreException(doing, error));
  }

  private AtomicInteger counter(Enum<?> operation) {
    return calls.computeIfAbsent(operation.name(), name -> new AtomicInteger());
  }
}
