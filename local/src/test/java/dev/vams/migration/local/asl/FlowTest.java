package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pass, Succeed, Fail, Wait, Choice; Assign and Output; the context. */
class FlowTest {

  private final Rig rig = new Rig();

  @Test
  void passHandsItsInputOn() {
    assertThat(rig.output("\"Start\":{\"Type\":\"Pass\",\"End\":true}", "{\"a\":[1]}"))
        .hasToString("{\"a\":[1]}");
  }

  @Test
  void outputReplacesWhatIsHandedOnAndMixesLiteralsWithExpressions() {
    String states =
        """
        "Start":{"Type":"Pass","Comment":"shapes","Output":{"n":1,"list":["{% $states.input.a %}",null]},"Next":"Last"},
        "Last":{"Type":"Succeed","Output":"{% $states.input.list %}"}
        """;

    assertThat(rig.output(states, "{\"a\":[7]}")).hasToString("[[7],null]");
    assertThat(rig.listener.states()).containsExactly("Start", "Last");
  }

  @Test
  void succeedHandsItsInputOutByDefault() {
    assertThat(rig.output("\"Start\":{\"Type\":\"Succeed\"}", "[1]")).hasToString("[1]");
  }

  @Test
  void assignedVariablesAreVisibleInLaterStates() {
    String states =
        """
        "Start":{"Type":"Pass","Assign":{"x":{"deep":[1]},"none":null},"Next":"Last"},
        "Last":{"Type":"Succeed","Output":{"x":"{% $x %}","none":"{% $none %}"}}
        """;

    assertThat(rig.output(states, "{}")).hasToString("{\"x\":{\"deep\":[1]},\"none\":null}");
  }

  @Test
  void allExpressionsOfAStateSeeTheOldValues() {
    String states =
        """
        "Start":{"Type":"Pass","Assign":{"a":1,"b":2},"Next":"Swap"},
        "Swap":{"Type":"Pass","Assign":{"a":"{% $b %}","b":"{% $a %}"},"Output":"{% [$a, $b] %}","Next":"Last"},
        "Last":{"Type":"Succeed","Output":"{% [$states.input, $a, $b] %}"}
        """;

    assertThat(rig.output(states, "{}")).hasToString("[1,2,2,1]");
  }

  @Test
  void aVariableOfTheSameStateIsNotYetThere() {
    ExecutionResult result =
        rig.run(
            "\"Start\":{\"Type\":\"Pass\",\"Assign\":{\"a\":1,\"b\":\"{% $a %}\"},\"End\":true}");

    assertThat(Rig.failed(result).error()).isEqualTo("States.QueryEvaluationError");
    assertThat(Rig.failed(result).cause()).contains("$.States.Start.Assign.b", "undefined");
  }

  @Test
  void failGivesItsErrorAndCause() {
    ExecutionResult result =
        rig.run(
            """
            "Start":{"Type":"Fail","Error":"{% $states.input.verdict %}","Cause":"{% 'because ' & $states.input.why %}"}
            """,
            "{\"verdict\":\"Broken\",\"why\":\"of it\"}");

    assertThat(result).isEqualTo(new ExecutionResult.Failed("Broken", "because of it"));
  }

  @Test
  void failNeedsNeitherErrorNorCause() {
    assertThat(rig.run("\"Start\":{\"Type\":\"Fail\"}"))
        .isEqualTo(new ExecutionResult.Failed("", ""));
  }

  @Test
  void aCauseMustBeAString() {
    ExecutionResult result =
        rig.run("\"Start\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"{% 1 %}\"}");

    assertThat(Rig.failed(result).error()).isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void waitSleepsAndHandsItsInputOn() {
    String states =
        "\"Start\":{\"Type\":\"Wait\",\"Seconds\":\"{% $states.input.s * 2 %}\",\"End\":true}";

    assertThat(rig.output(states, "{\"s\":30}")).hasToString("{\"s\":30}");
    assertThat(rig.time.sleeps()).containsExactly(Duration.ofSeconds(60));
  }

  @Test
  void waitAssignsAndTakesALiteral() {
    String states =
        """
        "Start":{"Type":"Wait","Seconds":5,"Assign":{"x":1},"Output":"done","Next":"Last"},
        "Last":{"Type":"Succeed","Output":"{% $states.input & $x %}"}
        """;

    assertThat(rig.output(states, "{}").textValue()).isEqualTo("done1");
    assertThat(rig.time.sleeps()).containsExactly(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "'soon'"})
  void waitRefusesAnExpressionThatIsNoNumberOfSeconds(String seconds) {
    ExecutionResult result =
        rig.run("\"Start\":{\"Type\":\"Wait\",\"Seconds\":\"{% " + seconds + " %}\",\"End\":true}");

    assertThat(Rig.failed(result).error()).isEqualTo("States.QueryEvaluationError");
  }

  private static final String CHOICE =
      """
      "Start":{"Type":"Choice","Choices":[
        {"Condition":"{% $states.input.n > 10 %}","Assign":{"size":"large"},"Output":"big","Next":"Last"},
        {"Condition":"{% $states.input.n > 5 %}","Assign":{"size":"medium"},"Next":"Last"}],
        "Default":"Small"},
      "Small":{"Type":"Pass","Assign":{"size":"small"},"Next":"Last"},
      "Last":{"Type":"Succeed","Output":"{% [$states.input, $size] %}"}
      """;

  @Test
  void choiceTakesTheFirstRuleThatIsTrueWithItsAssignAndOutput() {
    assertThat(rig.output(CHOICE, "{\"n\":11}")).hasToString("[\"big\",\"large\"]");
  }

  @Test
  void choiceHandsItsInputOnByDefault() {
    assertThat(rig.output(CHOICE, "{\"n\":6}")).hasToString("[{\"n\":6},\"medium\"]");
  }

  @Test
  void choiceGoesToDefaultIfNoRuleIsTrue() {
    assertThat(rig.output(CHOICE, "{\"n\":1}")).hasToString("[{\"n\":1},\"small\"]");
  }

  private static final String STRICT_CHOICE =
      """
      "Start":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.yes %}","Next":"Last"}]},
      "Last":{"Type":"Succeed"}
      """;

  @Test
  void choiceWithoutDefaultFailsIfNoRuleIsTrue() {
    assertThat(Rig.failed(rig.run(STRICT_CHOICE, "{\"yes\":false}")).error())
        .isEqualTo("States.NoChoiceMatched");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"yes\":1}", "{\"yes\":\"true\"}", "{\"yes\":null}", "{\"yes\":[true]}", "{}"})
  void aConditionMustBeABoolean(String input) {
    assertThat(Rig.failed(rig.run(STRICT_CHOICE, input)).error())
        .isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void theContextNamesTheMachineTheExecutionAndTheState() {
    rig.time.advance(Duration.ofSeconds(1));
    String states =
        """
        "Start":{"Type":"Wait","Seconds":2,"Next":"Last"},
        "Last":{"Type":"Succeed","Output":"{% $states.context %}"}
        """;

    assertThat(rig.output(states, "{\"in\":1}"))
        .isEqualTo(
            Rig.json(
                """
                {"Execution":{"Id":"arn:aws:states:local:000000000000:execution:Machine:run-1","Name":"run-1",
                  "StartTime":"2026-01-01T00:00:01Z","Input":{"in":1}},
                 "StateMachine":{"Id":"arn:aws:states:local:000000000000:stateMachine:Machine","Name":"Machine"},
                 "State":{"Name":"Last","EnteredTime":"2026-01-01T00:00:03Z","RetryCount":0}}
                """));
  }

  @Test
  void anInputOrOutputLargerThanStepFunctionsAllowsFails() {
    String large = "\"" + "x".repeat(PayloadLimit.BYTES) + "\"";
    String half = "\"" + "x".repeat(PayloadLimit.BYTES / 2) + "\"";
    String doubled =
        "\"Start\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.input & $states.input %}\"}";

    assertThat(Rig.failed(rig.run("\"Start\":{\"Type\":\"Succeed\"}", large)).error())
        .isEqualTo("States.DataLimitExceeded");
    assertThat(Rig.failed(rig.run(doubled, half)).error()).isEqualTo("States.DataLimitExceeded");
  }
}
