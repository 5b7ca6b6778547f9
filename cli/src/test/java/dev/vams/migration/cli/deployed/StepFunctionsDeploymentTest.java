package dev.vams.migration.cli.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vams.migration.cli.deployed.DeploymentException.Reason;
import dev.vams.migration.cli.deployed.FakeAws.Call;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SDK's own clients against answers as AWS words them. */
class StepFunctionsDeploymentTest {
  private static final String STACK = "VamsDataMigration";
  private static final String MACHINE =
      "arn:aws:states:eu-west-1:123456789012:stateMachine:VamsDataMigration";
  private static final String EXECUTION =
      "arn:aws:states:eu-west-1:123456789012:execution:VamsDataMigration:run-1";
  private static final MapRun COPY =
      new MapRun(mapArn("CopyPhase", 1), "CopyPhase", Instant.ofEpochSecond(100), true);

  private final FakeAws aws =
      new FakeAws().stack(Map.of("StateMachineArn", MACHINE, "WorkBucketName", "work-bucket"));
  private final DeploymentWiring wiring = new DeploymentWiring("eu-west-1", aws.endpoint());

  @AfterEach
  void close() {
    wiring.close();
    aws.close();
  }

  @Test
  void isFoundByTheOutputsOfItsStack() {
    Deployment deployment = wiring.find(STACK);

    assertThat(deployment.workBucket()).isEqualTo("work-bucket");
    assertThat(deployment.executionArn("run-1")).isEqualTo(EXECUTION);
    assertThat(request("DescribeStacks").get("StackName").asText()).isEqualTo(STACK);
  }

  @Test
  void stackThatIsNotThereIsMissing() {
    try (FakeAws other =
        new FakeAws()
            .refuseStacks(
                400, "ValidationError", "Stack with id VamsDataMigration does not exist")) {
      assertFails(
          () -> find(other.endpoint()),
          Reason.MISSING,
          "There is no stack 'VamsDataMigration' in eu-west-1. Deploy it there with npx cdk deploy, or give another name with --stack.");
    }
  }

  @Test
  void stackOfAnotherKindIsMissing() {
    try (FakeAws other = new FakeAws().stack(Map.of("Url", "https://example.com"))) {
      assertFails(
          () -> find(other.endpoint()),
          Reason.MISSING,
          "The stack 'VamsDataMigration' in eu-west-1 (CREATE_COMPLETE) has no output StateMachineArn: it is no migration, or its deployment is not complete.");
    }
  }

  @Test
  void stackThatMayNotBeReadIsRefused() {
    try (FakeAws other = new FakeAws().refuseStacks(403, "AccessDenied", "User x may not.")) {
      assertFails(
          () -> find(other.endpoint()),
          Reason.REFUSED,
          "Cannot find the stack 'VamsDataMigration' in eu-west-1: AccessDenied: User x may not (request request-1). Allow cloudformation:DescribeStacks on it.");
    }
  }

  @Test
  void credentialsThatExpiredAreRefused() {
    try (FakeAws other = new FakeAws().refuseStacks(403, "ExpiredToken", "It is expired")) {
      assertFails(
          () -> find(other.endpoint()),
          Reason.REFUSED,
          "Renew the credentials, or choose others with AWS_PROFILE.");
    }
  }

  @Test
  void serverThatNobodyRunsIsUnreachable() {
    // Reserved, and only root could listen there.
    assertFails(
        () -> find(URI.create("http://127.0.0.1:1")),
        Reason.UNREACHABLE,
        "Cannot find the stack 'VamsDataMigration' in eu-west-1: ",
        "Check the network, the credentials, the region, ");
  }

  @Test
  void startsAnExecutionWithTheNameOfTheRun() {
    aws.answer(
        "StartExecution", "{\"executionArn\": \"%s\", \"startDate\": 1}".formatted(EXECUTION));

    wiring.find(STACK).start("run-1", "{\"regionFrom\":\"x\"}");

    JsonNode request = request("StartExecution");
    assertThat(request.get("stateMachineArn").asText()).isEqualTo(MACHINE);
    assertThat(request.get("name").asText()).isEqualTo("run-1");
    assertThat(request.get("input").asText()).isEqualTo("{\"regionFrom\":\"x\"}");
  }

  @Test
  void startThatIsDeniedSaysWhatToAllow() {
    aws.refuse("StartExecution", 400, "AccessDeniedException", "User x may not");

    assertFails(
        () -> wiring.find(STACK).start("run-1", "{}"),
        Reason.REFUSED,
        "Cannot start the run 'run-1': AccessDeniedException: User x may not",
        "Allow states:StartExecution on " + MACHINE + ".");
  }

  @Test
  void stateMachineThatIsGoneIsMissing() {
    aws.refuse("StartExecution", 400, "StateMachineDoesNotExist", "State Machine Does Not Exist");

    assertFails(
        () -> wiring.find(STACK).start("run-1", "{}"),
        Reason.MISSING,
        "There is no state machine %s any more. Deploy the stack again.".formatted(MACHINE));
  }

  @Test
  void executionThatRunsHasNoEnd() {
    assertThat(endOf("\"status\": \"RUNNING\"")).isEmpty();
  }

  @Test
  void executionEndsWell() {
    assertThat(endOf("\"status\": \"SUCCEEDED\"")).hasValue(new ExecutionEnd.Succeeded());
  }

  @Test
  void executionFailsWithErrorAndCause() {
    assertThat(endOf("\"status\": \"FAILED\", \"error\": \"MISMATCH\", \"cause\": \"1 differs\""))
        .hasValue(new ExecutionEnd.Failed("MISMATCH", "1 differs"));
  }

  @Test
  void causeOfAFunctionIsItsMessageWithoutTheStackTrace() {
    assertThat(
            endOf(
                """
                "status": "FAILED", "error": "some.Exception",
                "cause": "{\\"errorMessage\\":\\"no bucket\\",\\"stackTrace\\":[\\"a.B.c(B.java:1)\\"]}\""""))
        .hasValue(new ExecutionEnd.Failed("some.Exception", "no bucket"));
  }

  @Test
  void executionIsStoppedFromOutside() {
    assertThat(endOf("\"status\": \"ABORTED\""))
        .hasValue(new ExecutionEnd.Stopped("was stopped from outside"));
    assertThat(endOf("\"status\": \"ABORTED\", \"cause\": \"wrong schema\""))
        .hasValue(new ExecutionEnd.Stopped("was stopped from outside (wrong schema)"));
    assertThat(endOf("\"status\": \"TIMED_OUT\""))
        .hasValue(new ExecutionEnd.Stopped("took longer than its state machine allows"));
  }

  @Test
  void runThatIsNotThereIsMissing() {
    aws.refuse("DescribeExecution", 400, "ExecutionDoesNotExist", "Execution Does Not Exist");

    assertFails(
        () -> wiring.find(STACK).end("run-1"),
        Reason.MISSING,
        "There is no run 'run-1' of " + MACHINE);
  }

  @Test
  void serviceThatAsksForLessIsUnreachable() {
    aws.refuse("DescribeExecution", 400, "ThrottlingException", "Rate exceeded");

    assertFails(
        () -> wiring.find(STACK).end("run-1"),
        Reason.UNREACHABLE,
        "Cannot follow the run 'run-1': ThrottlingException: Rate exceeded");
  }

  @Test
  void listsTheMapsOfAllPagesInTheOrderOfTheirStart() {
    aws.answer(
        "ListMapRuns",
        "{\"mapRuns\": [%s], \"nextToken\": \"more\"}".formatted(listed("VerifyUnits", 2, "")));
    aws.answer(
        "ListMapRuns",
        "{\"mapRuns\": [%s]}".formatted(listed("CopyPhase", 1, ", \"stopDate\": 150.5")));

    assertThat(wiring.find(STACK).mapRuns("run-1"))
        .containsExactly(
            new MapRun(mapArn("CopyPhase", 1), "CopyPhase", Instant.ofEpochSecond(100), false),
            new MapRun(mapArn("VerifyUnits", 2), "VerifyUnits", Instant.ofEpochSecond(200), true));
    assertThat(request("ListMapRuns").get("nextToken").asText()).isEqualTo("more");
  }

  @Test
  void progressCountsEveryUnitThatDidNotEndWellAsFailed() {
    aws.answer(
        "DescribeMapRun",
        """
        {"mapRunArn": "%s", "status": "RUNNING", "maxConcurrency": 40,
         "itemCounts": {"total": 100, "pending": 50, "running": 20, "succeeded": 24,
                        "failed": 3, "timedOut": 2, "aborted": 1, "resultsWritten": 0}}"""
            .formatted(COPY.arn()));

    assertThat(wiring.find(STACK).progress(COPY)).isEqualTo(new MapProgress(100, 24, 6, 40));
    assertThat(request("DescribeMapRun").get("mapRunArn").asText()).isEqualTo(COPY.arn());
  }

  @Test
  void limitsAMapThatRuns() {
    aws.answer("UpdateMapRun", "{}");

    wiring.find(STACK).limit(COPY, 7);

    JsonNode request = request("UpdateMapRun");
    assertThat(request.get("mapRunArn").asText()).isEqualTo(COPY.arn());
    assertThat(request.get("maxConcurrency").asInt()).isEqualTo(7);
    assertThat(request).hasSize(2);
  }

  private Optional<ExecutionEnd> endOf(String fields) {
    try (FakeAws other =
            new FakeAws()
                .stack(Map.of("StateMachineArn", MACHINE, "WorkBucketName", "work-bucket"))
                .answer("DescribeExecution", "{%s}".formatted(fields));
        DeploymentWiring otherWiring = new DeploymentWiring("eu-west-1", other.endpoint())) {
      return otherWiring.find(STACK).end("run-1");
    }
  }

  private static void find(URI server) {
    try (DeploymentWiring other = new DeploymentWiring("eu-west-1", server)) {
      other.find(STACK);
    }
  }

  /** The last request of an operation. */
  private JsonNode request(String operation) {
    List<Call> calls =
        aws.calls().stream().filter(call -> call.operation().equals(operation)).toList();
    return calls.get(calls.size() - 1).request();
  }

  private static String mapArn(String label, int number) {
    return "arn:aws:states:eu-west-1:123456789012:mapRun:VamsDataMigration/%s:3c39-%d"
        .formatted(label, number);
  }

  private static String listed(String label, int number, String more) {
    return "{\"executionArn\": \"%s\", \"mapRunArn\": \"%s\", \"stateMachineArn\": \"%s/%s\", \"startDate\": %d%s}"
        .formatted(EXECUTION, mapArn(label, number), MACHINE, label, 100 * number, more);
  }

  private static void assertFails(ThrowingCallable call, Reason reason, String... messages) {
    assertThatExceptionOfType(DeploymentException.class)
        .isThrownBy(call)
        .satisfies(
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).contains(messages);
            });
  }
}
