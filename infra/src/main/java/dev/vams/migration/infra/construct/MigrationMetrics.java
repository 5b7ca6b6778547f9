package dev.vams.migration.infra.construct;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.Stats;
import software.amazon.awscdk.services.lambda.Function;

/** The metrics that the workers log, and sums of those that Lambda keeps of them. */
final class MigrationMetrics {
  /** Where the workers' own metrics are. */
  static final String NAMESPACE = "VamsMigration";

  /** As often as workers log their metrics. */
  static final Duration MINUTE = Duration.minutes(1);

  private MigrationMetrics() {}

  /** One line per pair of the last weeks, named after the pair. */
  static MathExpression perPair(String metric) {
    return MathExpression.Builder.create()
        .expression("SEARCH('{%s,Pair} MetricName=\"%s\"', 'Sum', 60)".formatted(NAMESPACE, metric))
        .usingMetrics(Map.of())
        .label("${PROP('Dim.Pair')} ${PROP('MetricName')}")
        .period(MINUTE)
        .build();
  }

  /** The sum over all pairs. An alarm may ask this, and may not search. */
  static MathExpression ofAllPairs(String metric, Duration period) {
    return MathExpression.Builder.create()
        .expression("SELECT SUM(%s) FROM SCHEMA(%s, Pair)".formatted(metric, NAMESPACE))
        .usingMetrics(Map.of())
        .label(metric)
        .period(period)
        .build();
  }

  /** How many entries were settled or compared in a minute. */
  static Metric progress() {
    return Metric.Builder.create()
        .namespace(NAMESPACE)
        .metricName("Progress")
        .statistic(Stats.SUM)
        .period(MINUTE)
        .build();
  }

  /** How many workers are at work. */
  static MathExpression concurrency(List<Function> workers) {
    return sum(
        "Workers at work",
        MINUTE,
        workers.stream()
            .map(worker -> lambda(worker, "ConcurrentExecutions", Stats.MAXIMUM, MINUTE))
            .toList());
  }

  /** How many invocations ended in an error. */
  static MathExpression errors(List<Function> functions, Duration period) {
    return sum(
        "Errors",
        period,
        functions.stream().map(it -> lambda(it, "Errors", Stats.SUM, period)).toList());
  }

  /** How many invocations Lambda turned away. */
  static MathExpression throttles(List<Function> functions, Duration period) {
    return sum(
        "Throttles",
        period,
        functions.stream().map(it -> lambda(it, "Throttles", Stats.SUM, period)).toList());
  }

  /**
   * A sum of those metrics that have a value. A minute for which none has one yet stays without:
   * the services report late, and an alarm would take a zero there for the last word.
   *
   * @param label also names the metrics in the sum, which in one graph must differ from others
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Using
   *     metric math, about FILL in alarms</a>
   */
  static MathExpression sum(String label, Duration period, List<? extends IMetric> metrics) {
    String name = label.toLowerCase(Locale.ROOT).replace(' ', '_');
    Map<String, IMetric> named = new TreeMap<>();
    IntStream.range(0, metrics.size()).forEach(at -> named.put(name + at, metrics.get(at)));
    return MathExpression.Builder.create()
        .expression("SUM([%s])".formatted(String.join(", ", named.keySet())))
        .usingMetrics(named)
        .label(label)
        .period(period)
        .build();
  }

  private static Metric lambda(
      Function function, String metric, String statistic, Duration period) {
    return function.metric(
        metric, MetricOptions.builder().statistic(statistic).period(period).build());
  }
}
