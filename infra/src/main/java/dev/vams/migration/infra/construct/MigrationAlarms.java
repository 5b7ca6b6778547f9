package dev.vams.migration.infra.construct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.Stats;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** What somebody should look at. Each alarm goes to the topic of the notifications. */
public final class MigrationAlarms extends Construct {
  private static final Duration FIVE_MINUTES = Duration.minutes(5);

  /**
   * Minutes without progress, of {@link #STALLED_WITHIN}. A worker tells its progress every half a
   * minute, and pauses for seconds at most when it is throttled. The newest minutes do not count:
   * metrics arrive late.
   */
  private static final int STALLED_MINUTES = 12;

  private static final int STALLED_WITHIN = 15;

  /**
   * Throttled calls in five minutes, three a second: fewer are repeated without a loss of speed.
   */
  private static final int MANY_THROTTLES = 1_000;

  /**
   * Errors in five minutes. The workflow repeats a task that failed for a passing reason, and there
   * is always one among many.
   */
  private static final int MANY_ERRORS = 10;

  private final List<Alarm> alarms = new ArrayList<>();
  private final SnsAction action;

  /** Adds the alarms. */
  public MigrationAlarms(
      Construct scope,
      String id,
      MigrationStateMachine workflow,
      MigrationFunctions functions,
      RunNotifications notifications) {
    super(scope, id);
    action = new SnsAction(notifications.topic());
    add(
        "RunFailed",
        "A run failed, timed out or was stopped. Read its report, then docs/runbook.md.",
        failedRuns(workflow.stateMachine()),
        1,
        1,
        5);
    add(
        "WorkerErrors",
        "Many invocations of the workers fail. The workflow repeats them; their logs say why.",
        MigrationMetrics.errors(functions.all(), FIVE_MINUTES),
        MANY_ERRORS,
        1,
        1);
    add(
        "WorkersThrottled",
        "Lambda turns workers away for 15 minutes: options.maxConcurrency is above workerConcurrency,"
            + " or the account is at its limit. The run goes on, but slower.",
        MigrationMetrics.throttles(functions.all(), FIVE_MINUTES),
        1,
        3,
        3);
    add(
        "StacksThrottled",
        "S3 or DynamoDB throttle the workers for 15 minutes. The run goes on, but slower: lower"
            + " options.maxConcurrency, or raise the target tables' capacity.",
        MigrationMetrics.ofAllPairs("Throttles", FIVE_MINUTES),
        MANY_THROTTLES,
        3,
        3);
    add(
        "RunStalled",
        "Workers are at work, and for 15 minutes nothing was copied or compared.",
        MathExpression.Builder.create()
            .expression("IF(workers > 0 AND FILL(progress, 0) == 0, 1, 0)")
            .usingMetrics(
                new TreeMap<>(
                    Map.of(
                        "workers", MigrationMetrics.concurrency(functions.workers()),
                        "progress", MigrationMetrics.progress())))
            .label("Stalled")
            .period(MigrationMetrics.MINUTE)
            .build(),
        1,
        STALLED_MINUTES,
        STALLED_WITHIN);
    add(
        "NotificationFailed",
        "A message about a run could not be sent: look at the run in the Step Functions console.",
        MigrationMetrics.errors(List.of(notifications.function()), FIVE_MINUTES),
        1,
        1,
        1);
  }

  /** All of them, for the dashboard. */
  List<Alarm> alarms() {
    return alarms;
  }

  private static IMetric failedRuns(StateMachine stateMachine) {
    MetricOptions sum =
        MetricOptions.builder().statistic(Stats.SUM).period(MigrationMetrics.MINUTE).build();
    List<Metric> metrics =
        List.of(
            stateMachine.metricFailed(sum),
            stateMachine.metricTimedOut(sum),
            stateMachine.metricAborted(sum));
    return MigrationMetrics.sum("Failed runs", MigrationMetrics.MINUTE, metrics);
  }

  /**
   * Where there is no run there are no values, and no reason for an alarm.
   *
   * @param points so many of the periods must reach the threshold
   */
  private void add(
      String id, String description, IMetric metric, int threshold, int points, int periods) {
    Alarm alarm =
        Alarm.Builder.create(this, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(threshold)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .datapointsToAlarm(points)
            .evaluationPeriods(periods)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    alarm.addAlarmAction(action);
    alarms.add(alarm);
  }
}
