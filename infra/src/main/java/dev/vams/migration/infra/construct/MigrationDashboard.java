package dev.vams.migration.infra.construct;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.SingleValueWidget;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.constructs.Construct;

/** One page that says how far and how fast a run is, what failed and what is throttled. */
public final class MigrationDashboard extends Construct {
  /** A dashboard is 24 columns wide. */
  private static final int FULL = 24;

  private static final int THIRD = 8;
  private static final int HALF = 12;

  /** Adds the dashboard, which is named after the stack. */
  public MigrationDashboard(
      Construct scope,
      String id,
      MigrationStateMachine workflow,
      MigrationFunctions functions,
      MigrationAlarms alarms) {
    super(scope, id);
    Dashboard.Builder.create(this, "Dashboard")
        .dashboardName(Stack.of(this).getStackName())
        .widgets(
            List.of(
                List.of(heading(workflow)),
                List.of(
                    AlarmStatusWidget.Builder.create()
                        .title("Alarms")
                        .width(FULL)
                        .height(3)
                        .alarms(alarms.alarms())
                        .build()),
                List.of(howFar()),
                row(
                    THIRD,
                    graph("How fast: objects a minute", "ObjectsCopied"),
                    graph("How fast: items a minute", "ItemsCopied"),
                    graph("How fast: bytes a minute", "BytesCopied")),
                row(
                    THIRD,
                    graph("What failed", "Failed"),
                    graph("What is throttled by S3 and DynamoDB", "Throttles"),
                    graph("What was at the target already", "Skipped", "Kept")),
                row(
                    HALF,
                    workers(
                        "Workers",
                        MigrationMetrics.concurrency(functions.workers()),
                        MigrationMetrics.progress()),
                    workers(
                        "Workers that failed or were turned away",
                        MigrationMetrics.errors(functions.all(), MigrationMetrics.MINUTE),
                        MigrationMetrics.throttles(functions.all(), MigrationMetrics.MINUTE)))))
        .build();
  }

  private static TextWidget heading(MigrationStateMachine workflow) {
    return TextWidget.Builder.create()
        .width(FULL)
        .height(2)
        .markdown(
            "Choose a time range that begins with the run: the totals are those of the range. How"
                + " many units are done is on the pages of the execution's map runs, in Step"
                + " Functions, state machine **"
                + workflow.stateMachine().getStateMachineName()
                + "**.")
        .build();
  }

  private static SingleValueWidget howFar() {
    return SingleValueWidget.Builder.create()
        .title("How far: settled per pair in the time range")
        .width(FULL)
        .height(6)
        .setPeriodToTimeRange(true)
        .metrics(
            Stream.of("ObjectsCopied", "ItemsCopied", "Skipped", "Kept", "Failed")
                .<IMetric>map(MigrationMetrics::perPair)
                .toList())
        .build();
  }

  private static GraphWidget.Builder graph(String title, String... metrics) {
    return GraphWidget.Builder.create()
        .title(title)
        .stacked(true)
        .left(Stream.of(metrics).<IMetric>map(MigrationMetrics::perPair).toList());
  }

  private static GraphWidget.Builder workers(String title, IMetric left, IMetric right) {
    return GraphWidget.Builder.create().title(title).left(List.of(left)).right(List.of(right));
  }

  private static List<IWidget> row(int width, GraphWidget.Builder... graphs) {
    return Stream.of(graphs).<IWidget>map(graph -> graph.width(width).build()).toList();
  }
}
