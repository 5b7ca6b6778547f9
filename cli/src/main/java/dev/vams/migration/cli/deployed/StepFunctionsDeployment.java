package dev.vams.migration.cli.deployed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;

/** The deployment through a client of Step Functions, which the caller closes. */
final class StepFunctionsDeployment implements Deployment {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SfnClient client;
  private final String stateMachineArn;
  private final String workBucket;

  StepFunctionsDeployment(SfnClient client, String stateMachineArn, String workBucket) {
    this.client = client;
    this.stateMachineArn = stateMachineArn;
    this.workBucket = workBucket;
  }

  @Override
  public String workBucket() {
    return workBucket;
  }

  @Override
  public String executionArn(String run) {
    return stateMachineArn.replaceFirst(":stateMachine:", ":execution:") + ":" + run;
  }

  @Override
  public void start(String run, String input) {
    String missing =
        "There is no state machine %s any more. Deploy the stack again.".formatted(stateMachineArn);
    new ServiceCall(
            "start the run '%s'".formatted(run),
            "states:StartExecution",
            stateMachineArn,
            Map.of("StateMachineDoesNotExist", missing))
        .make(
            () ->
                client.startExecution(
                    request -> request.stateMachineArn(stateMachineArn).name(run).input(input)));
  }

  @Override
  public Optional<ExecutionEnd> end(String run) {
    String arn = executionArn(run);
    DescribeExecutionResponse execution =
        callOf(run, "follow", "states:DescribeExecution")
            .make(() -> client.describeExecution(request -> request.executionArn(arn)));
    return switch (execution.status()) {
      case SUCCEEDED -> Optional.of(new ExecutionEnd.Succeeded());
      case FAILED ->
          Optional.of(
              new ExecutionEnd.Failed(orEmpty(execution.error()), message(execution.cause())));
      case TIMED_OUT ->
          Optional.of(new ExecutionEnd.Stopped("took longer than its state machine allows"));
      case ABORTED ->
          Optional.of(new ExecutionEnd.Stopped("was stopped from outside" + given(execution)));
      case RUNNING, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
    };
  }

  @Override
  public List<MapRun> mapRuns(String run) {
    ServiceCall call = callOf(run, "list the Maps of", "states:ListMapRuns");
    return call.make(
        () ->
            client
                .listMapRunsPaginator(request -> request.executionArn(executionArn(run)))
                .mapRuns()
                .stream()
                .map(StepFunctionsDeployment::mapRun)
                .sorted(Comparator.comparing(MapRun::startedAt))
                .toList());
  }

  @Override
  public MapProgress progress(MapRun map) {
    DescribeMapRunResponse response =
        callOf(map, "states:DescribeMapRun")
            .make(() -> client.describeMapRun(request -> request.mapRunArn(map.arn())));
    MapRunItemCounts counts = response.itemCounts();
    return new MapProgress(
        counts.total(),
        counts.succeeded(),
        counts.failed() + counts.timedOut() + counts.aborted(),
        response.maxConcurrency());
  }

  @Override
  public void limit(MapRun map, int maxConcurrency) {
    callOf(map, "states:UpdateMapRun")
        .make(
            () ->
                client.updateMapRun(
                    request -> request.mapRunArn(map.arn()).maxConcurrency(maxConcurrency)));
  }

  private ServiceCall callOf(String run, String verb, String action) {
    String missing =
        "There is no run '%s' of %s. Give the name that it was started with; Step Functions forgets a run 90 days after its end."
            .formatted(run, stateMachineArn);
    return new ServiceCall(
        "%s the run '%s'".formatted(verb, run),
        action,
        executionArn(run),
        Map.of("ExecutionDoesNotExist", missing));
  }

  private static ServiceCall callOf(MapRun map, String action) {
    String missing = "%s has ended, and Step Functions knows it no more.".formatted(map.name());
    return new ServiceCall(
        "reach the Map " + map.name(), action, map.arn(), Map.of("ResourceNotFound", missing));
  }

  private static MapRun mapRun(MapRunListItem item) {
    return new MapRun(
        item.mapRunArn(), label(item.mapRunArn()), item.startDate(), item.stopDate() == null);
  }

  /** The label of the state, from an ARN that ends in {@code /<label>:<id>}. */
  private static String label(String mapRunArn) {
    return mapRunArn.replaceFirst(".*/", "").replaceFirst(":.*", "");
  }

  /** What whoever stopped it gave as the reason. */
  private static String given(DescribeExecutionResponse execution) {
    String reason =
        Stream.of(orEmpty(execution.error()), orEmpty(execution.cause()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(": "));
    return reason.isEmpty() ? "" : " (%s)".formatted(reason);
  }

  /**
   * The cause of a function's error is its message with the stack trace, as JSON (<a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Lambda function errors
   * in Java</a>); any other cause is plain text.
   */
  private static String message(String cause) {
    try {
      return JSON.readTree(orEmpty(cause)).path("errorMessage").asText(orEmpty(cause));
    } catch (JsonProcessingException plainText) {
      return cause;
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
