package dev.vams.migration.workflow;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import dev.vams.migration.core.journal.RunFiles;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.plan.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.logging.argument.StructuredArgument;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * What the Lambda functions log and measure. A function does one task at a time, so there is one
 * unit in hand. Only keys, names and numbers go to the log, never contents of items or objects.
 */
final class LambdaListener implements WorkListener {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaListener.class);

  private final Metrics metrics;
  private final InstantSource clock;

  private volatile Optional<UnitMetrics> unitInHand = Optional.empty();

  /**
   * @param metrics has no default dimensions
   */
  LambdaListener(Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  /** One that writes metrics to the function's log. */
  static LambdaListener create(InstantSource clock) {
    // Otherwise the EMF library asks several addresses on the network where it runs.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    // The factory's singleton would add the dimension Service to all metrics.
    Metrics metrics = new EmfMetricsProvider().getMetricsInstance();
    metrics.setNamespace(UnitMetrics.NAMESPACE);
    return new LambdaListener(metrics, clock);
  }

  @Override
  public void advanced(Unit unit, Tally change) {
    count(WorkCounts.ofCopied(change));
  }

  @Override
  public void copiedPart(Unit unit, long bytes) {
    count(WorkCounts.ofPart(bytes));
  }

  @Override
  public void compared(Unit unit, long entries, long bytes) {
    count(WorkCounts.ofCompared(entries));
  }

  @Override
  public void mismatched(Unit unit) {
    count(WorkCounts.ONE_MISMATCH);
  }

  @Override
  public void throttled() {
    count(WorkCounts.ONE_THROTTLE);
  }

  private void count(WorkCounts change) {
    unitInHand.ifPresent(unit -> unit.add(change));
  }

  @Override
  public <T extends TaskResponse> T during(TaskRequest request, Context context, Supplier<T> task) {
    return PowertoolsLogging.withLogging(context, () -> watched(request, task));
  }

  private <T extends TaskResponse> T watched(TaskRequest request, Supplier<T> task) {
    Optional<Unit> unit =
        request instanceof UnitRequest worker ? Optional.of(worker.unit()) : Optional.empty();
    MDC.put("run", request.run());
    unit.ifPresent(
        named -> {
          MDC.put("unit", named.id());
          MDC.put("pair", named.descriptor());
        });
    SharedLogContext.set(MDC.getCopyOfContextMap());
    unitInHand = unit.map(named -> new UnitMetrics(named, metrics, clock));
    Instant start = clock.instant();
    LOG.info("task started");
    try {
      T response = task.get();
      LOG.info("task ended", facts(start, entry("result", response.result())));
      return response;
    } catch (RuntimeException e) {
      LOG.warn(
          "task failed",
          facts(
              start, entry("exception", e.getClass().getName()), entry("reason", e.getMessage())));
      throw e;
    } finally {
      unit.ifPresent(named -> warnOfLosses(new RunFiles(request.run()), named));
      unitInHand.ifPresent(UnitMetrics::write);
      unitInHand = Optional.empty();
      SharedLogContext.set(Map.of());
    }
  }

  /** What the task came to, how long it took, and what its worker did. */
  private Object[] facts(Instant start, StructuredArgument... outcome) {
    List<StructuredArgument> facts = new ArrayList<>(List.of(outcome));
    facts.add(entry("milliseconds", Duration.between(start, clock.instant()).toMillis()));
    unitInHand
        .map(UnitMetrics::total)
        .ifPresent(
            counts -> {
              facts.add(entry("copied", counts.tally().copied()));
              facts.add(entry("skipped", counts.tally().skipped()));
              facts.add(entry("kept", counts.tally().kept()));
              facts.add(entry("failed", counts.tally().failed()));
              facts.add(entry("notCarried", counts.tally().notCarried()));
              facts.add(entry("archived", counts.tally().archived()));
              facts.add(entry("deleted", counts.tally().deleted()));
              facts.add(entry("bytes", counts.tally().bytes()));
              facts.add(entry("compared", counts.compared()));
              facts.add(entry("mismatches", counts.mismatches()));
              facts.add(entry("throttles", counts.throttles()));
            });
    return facts.toArray();
  }

  private void warnOfLosses(RunFiles files, Unit unit) {
    WorkCounts counts = unitInHand.map(UnitMetrics::total).orElse(WorkCounts.ZERO);
    if (counts.tally().failed() > 0) {
      LOG.warn(
          "some entries could not be copied",
          entry("failed", counts.tally().failed()),
          entry("details", files.failures(unit.id())));
    }
    if (counts.tally().notCarried() > 0) {
      LOG.warn(
          "some objects were copied without something that their sources have",
          entry("notCarried", counts.tally().notCarried()),
          entry("details", files.notCarried(unit.id())));
    }
    if (counts.mismatches() > 0) {
      LOG.warn(
          "some entries are missing or different at the target",
          entry("mismatches", counts.mismatches()),
          entry("details", files.mismatches(unit.id())));
    }
  }
}
