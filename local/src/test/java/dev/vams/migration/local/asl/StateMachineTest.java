package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a definition must be to be loaded. {@code every-field.asl.json} uses every state type and
 * every field of the subset.
 */
class StateMachineTest {

  private static JsonNode everyField() {
    try (InputStream content =
        StateMachineTest.class.getResourceAsStream("/asl/every-field.asl.json")) {
      return new ObjectMapper().readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> problemsOf(JsonNode definition) {
    return problemsOf(definition, Map.of());
  }

  private static List<String> problemsOf(JsonNode definition, Map<String, String> substitutions) {
    InvalidDefinitionException refused =
        catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> StateMachine.load("Machine", definition, substitutions));
    return refused == null ? List.of() : refused.problems();
  }

  /** The definition with the value at a JSON pointer replaced; removed if the value is empty. */
  private static JsonNode with(String pointer, String value) {
    JsonNode definition = everyField();
    String parent = pointer.substring(0, pointer.lastIndexOf('/'));
    String field = pointer.substring(pointer.lastIndexOf('/') + 1);
    ObjectNode holder = (ObjectNode) definition.at(parent);
    if (value.isEmpty()) {
      holder.remove(field);
    } else {
      holder.set(field, Rig.json(value));
    }
    return definition;
  }

  @Test
  void loadsEveryFieldOfTheSubset() {
    assertThat(problemsOf(everyField())).isEmpty();
  }

  /**
   * The objects whose fields Step Functions defines: all but those whose fields the author names.
   */
  static Stream<String> definedObjects() {
    List<String> pointers = new ArrayList<>();
    collect(everyField(), "", pointers);
    return pointers.stream();
  }

  private static void collect(JsonNode node, String pointer, List<String> pointers) {
    if (pointer.matches(".*/(Assign|Output|ItemSelector|Payload)")) {
      return;
    }
    if (node.isObject() && !pointer.endsWith("/States")) {
      pointers.add(pointer);
    }
    if (node.isArray()) {
      for (int index = 0; index < node.size(); index++) {
        collect(node.get(index), pointer + "/" + index, pointers);
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      collect(field.getValue(), pointer + "/" + field.getKey(), pointers);
    }
  }

  @ParameterizedTest
  @MethodSource("definedObjects")
  void refusesAFieldItDoesNotKnowWhereverItStands(String pointer) {
    JsonNode definition = everyField();
    ((ObjectNode) definition.at(pointer)).put("Bogus", 1);

    String path = "$" + pointer.replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    assertThat(problemsOf(definition))
        .containsExactly(path + ".Bogus: the field Bogus is not supported here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/QueryLanguage                                       |                       | QueryLanguage is missing",
        "/QueryLanguage                                       | \"JSONPath\"          | must be JSONata, but is JSONPath",
        "/StartAt                                             | \"Nowhere\"           | there is no state Nowhere",
        "/StartAt                                             |                       | StartAt is missing",
        "/States                                              | {}                    | must be an object that is not empty",
        "/TimeoutSeconds                                      | 0                     | whole number from 1",
        "/TimeoutSeconds                                      | 1.5                   | whole number from 1",
        "/States/Work/Type                                    | \"Parallel\"          | state type Parallel is not supported",
        "/States/Work/Next                                    | \"Nowhere\"           | leads to Nowhere",
        "/States/Work/Next                                    |                       | needs either Next or",
        "/States/Work/End                                     | true                  | needs either Next or",
        "/States/Work/End                                     | \"yes\"               | must be true or false",
        "/States/Work/Resource                                | \"arn:aws:lambda:eu-west-1:1:function:f\" | lambda:invoke",
        "/States/Work/Resource                                | \"arn:aws:states:::lambda:invoke.waitForTaskToken\" | lambda:invoke",
        "/States/Work/Arguments                               |                       | Arguments is missing",
        "/States/Work/Arguments/FunctionName                  |                       | FunctionName is missing",
        "/States/Work/Arguments/Payload                       |                       | Payload is missing",
        "/States/Work/Arguments/Payload                       | \"{% 1 + %}\"         | cannot be parsed",
        "/States/Work/Arguments/Payload                       | {\"a\":[\"{% ( %}\"]} | Payload.a[0]: the expression",
        "/States/Work/Arguments/Payload                       | \"{% $now() %}\"      | $now is not supported",
        "/States/Work/Output                                  | \"{% 1\"              | must begin with {% and end with %}",
        "/States/Work/TimeoutSeconds                          | \"{% 5 %}\"           | whole number from 1",
        "/States/Work/Assign                                  | \"{% {} %}\"          | must be an object",
        "/States/Work/Assign                                  | {\"states\":1}        | is no name for a variable",
        "/States/Work/Assign                                  | {\"a-b\":1}           | is no name for a variable",
        "/States/Work/Retry                                   | []                    | array that is not empty",
        "/States/Work/Retry                                   | {}                    | array that is not empty",
        "/States/Work/Retry/0/ErrorEquals                     |                       | array of error names",
        "/States/Work/Retry/0/ErrorEquals                     | []                    | array of error names",
        "/States/Work/Retry/0/ErrorEquals                     | [1]                   | must contain strings only",
        "/States/Work/Retry/0/ErrorEquals                     | [\"States.Typo\"]     | States.Typo is not supported",
        "/States/Work/Retry/0/ErrorEquals                     | [\"States.ALL\"]      | must stand alone and last",
        "/States/Work/Retry/0/IntervalSeconds                 | 0                     | whole number from 1",
        "/States/Work/Retry/0/BackoffRate                     | 0.5                   | a number from 1",
        "/States/Work/Retry/0/MaxAttempts                     | -1                    | whole number from 0",
        "/States/Work/Retry/0/MaxDelaySeconds                 | 2                     | greater than IntervalSeconds",
        "/States/Work/Retry/0/JitterStrategy                  | \"SOME\"              | must be FULL or NONE",
        "/States/Work/Catch/0/Next                            |                       | Next is missing",
        "/States/Work/Catch/0/Next                            | \"Nowhere\"           | leads to Nowhere",
        "/States/Decide/Choices                               | []                    | array that is not empty",
        "/States/Decide/Choices/0/Condition                   |                       | Condition is missing",
        "/States/Decide/Choices/0/Condition                   | \"true\"              | must be an expression or a boolean",
        "/States/Decide/Choices/0/Next                        | \"Nowhere\"           | leads to Nowhere",
        "/States/Decide/Default                               | \"Nowhere\"           | leads to Nowhere",
        "/States/Pause/Seconds                                |                       | Seconds is missing",
        "/States/Pause/Seconds                                | -1                    | whole number from 0",
        "/States/Broken/Cause                                 | 1                     | must be a string",
        "/States/Each/Label                                   | \"a b\"               | none of them blank or special",
        "/States/Each/MaxConcurrency                          | -1                    | whole number from 0",
        "/States/Each/ToleratedFailurePercentage              | 101                   | a number from 0 to 100",
        "/States/Each/ToleratedFailurePercentage              | -1                    | a number from 0 to 100",
        "/States/Each/ToleratedFailureCount                   | -1                    | whole number from 0",
        "/States/Each/ItemReader                              |                       | ItemReader is missing",
        "/States/Each/ItemReader/Resource                     | \"arn:aws:states:::s3:listObjectsV2\" | s3:getObject",
        "/States/Each/ItemReader/ReaderConfig/InputType       | \"CSV\"               | must be JSONL, but is CSV",
        "/States/Each/ItemReader/Arguments/Key                |                       | Key is missing",
        "/States/Each/ResultWriter                            |                       | ResultWriter is missing",
        "/States/Each/ResultWriter/Arguments/Bucket           |                       | Bucket is missing",
        "/States/Each/ItemProcessor/ProcessorConfig/Mode      | \"INLINE\"            | must be DISTRIBUTED, but is INLINE",
        "/States/Each/ItemProcessor/ProcessorConfig/ExecutionType | \"EXPRESS\"       | must be STANDARD, but is EXPRESS",
        "/States/Each/ItemProcessor/StartAt                   | \"Work\"              | there is no state Work",
        "/States/Each/ItemProcessor/States/Inner/Next         | \"Done\"              | leads to Done, which is no state",
        "/States/Unreached                                    | {\"Type\":\"Succeed\"} | Unreached: no state leads here",
        "/States/Each/ItemProcessor/States/Done               | {\"Type\":\"Succeed\"} | there is another state Done"
      })
  void refuses(String pointer, String value, String expected) {
    assertThat(problemsOf(with(pointer, value == null ? "" : value)))
        .anySatisfy(problem -> assertThat(problem).startsWith("$").contains(expected));
  }

  @Test
  void refusesAMapInsideAMap() {
    JsonNode definition = everyField();
    ObjectNode inner = (ObjectNode) definition.at("/States/Each/ItemProcessor/States");
    inner.set(
        "Inner",
        Rig.json(definition.at("/States/Each").toString().replace("\"Inner\"", "\"Innermost\"")));

    assertThat(problemsOf(definition))
        .anyMatch(problem -> problem.contains("a distributed Map inside a Map is not supported"));
  }

  @Test
  void refusesARunThatCannotEnd() {
    assertThat(problemsOf(Rig.definition("\"Start\":{\"Type\":\"Pass\",\"Next\":\"Start\"}")))
        .containsExactly("$.States: no state ends the run");
  }

  @Test
  void refusesANameLongerThanStepFunctionsAllows() {
    String name = "x".repeat(81);

    assertThat(
            problemsOf(
                Rig.definition(
                    "\"Start\":{\"Type\":\"Pass\",\"Next\":\""
                        + name
                        + "\"},\""
                        + name
                        + "\":{\"Type\":\"Succeed\"}")))
        .singleElement()
        .asString()
        .contains("80 characters");
  }

  @Test
  void tellsAllProblemsAtOnce() {
    JsonNode definition = with("/States/Work/Type", "\"Work\"");
    ((ObjectNode) definition).remove("QueryLanguage");
    ((ObjectNode) definition.at("/States/Each"))
        .put("MaxConcurrency", "{% ) %}")
        .put("Bogus", true);

    assertThatThrownBy(() -> StateMachine.load("Machine", definition, Map.of("Unused", "x")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("the substitution 'Unused' has no placeholder")
        .hasMessageContaining("$: the field QueryLanguage is missing")
        .hasMessageContaining("$.States.Work.Type: the state type Work is not supported")
        .hasMessageContaining("$.States.Each.MaxConcurrency: the expression ')'")
        .hasMessageContaining("$.States.Each.Bogus: the field Bogus is not supported here");
  }

  @Test
  void refusesADefinitionThatIsNoObject() {
    assertThat(problemsOf(Rig.json("[]"))).first().asString().contains("must be an object");
  }

  @Test
  void replacesPlaceholders() {
    List<String> called = new ArrayList<>();
    StateMachine machine =
        StateMachine.load(
            "Machine",
            Rig.definition(
                """
                "Start":{"Type":"Task","Resource":"arn:${Partition}:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"${Function}","Payload":["${Function}-${Stage}","{% '${Stage}' & 1 %}"]},"End":true}
                """),
            Map.of("Partition", "aws-cn", "Function", "arn:$1\\f", "Stage", "test"));
    new Rig()
        .tasks(
            (function, payload) -> {
              called.add(function);
              called.add(payload.toString());
              return payload;
            })
        .run(machine, "{}");

    assertThat(called).containsExactly("arn:$1\\f", "[\"arn:$1\\\\f-test\",\"test1\"]");
  }

  @Test
  void listsPlaceholdersWithoutSubstitutionAndSubstitutionsWithoutPlaceholder() {
    JsonNode definition =
        Rig.definition(
            "\"Start\":{\"Type\":\"Succeed\",\"Output\":{\"a\":\"${One}\",\"b\":[\"${Two} ${Three}\"]}}");

    assertThat(problemsOf(definition, Map.of("Three", "3", "Four", "4")))
        .containsExactly(
            "$.States.Start.Output.a: the placeholder ${One} has no substitution",
            "$.States.Start.Output.b[0]: the placeholder ${Two} has no substitution",
            "$: the substitution 'Four' has no placeholder ${Four} in the definition");
  }

  @Test
  void leavesTheGroupingOfJsonataAlone() {
    assertThat(
            new Rig()
                .output(
                    "\"Start\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.input.x{k: v} %}\"}",
                    "{\"x\":[{\"k\":\"a\",\"v\":1}]}"))
        .hasToString("{\"a\":1}");
  }
}
