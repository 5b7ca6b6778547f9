package dev.vams.migration.local.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  private static JsonNode evaluate(String source, String input) throws StateError {
    return evaluate(source, Rig.json(input), Map.of());
  }

  private static JsonNode evaluate(String source, JsonNode input, Map<String, JsonNode> variables)
      throws StateError {
    Scope scope = Scope.of(variables, input, JsonNodeFactory.instance.objectNode());
    return Expression.compile("{% " + source + " %}", "$.Test").evaluate(scope);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "0",
        "-7",
        "2147483648",
        "9007199254740993",
        "123456789012345678901234567890",
        "1.5",
        "1.0",
        "true",
        "false",
        "null",
        "\"text\"",
        "\"\"",
        "[]",
        "[1]",
        "[[1]]",
        "[[]]",
        "[null]",
        "[1,null,[2,{\"a\":null}]]",
        "{}",
        "{\"a\":{\"b\":[{\"c\":[]}]},\"d\":null}"
      })
  void passesEveryJsonValueThroughUnchanged(String value) throws StateError {
    assertThat(evaluate("$states.input", value)).hasToString(value);
    assertThat(evaluate("$states.input.x", "{\"x\":" + value + "}")).hasToString(value);
    assertThat(evaluate("{'x': $states.input}", value)).hasToString("{\"x\":" + value + "}");
    assertThat(evaluate("$variable", Rig.json("{}"), Map.of("variable", Rig.json(value))))
        .hasToString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$states.input.n + 1          | 42",
        "$states.input.n / 2          | 20.5",
        "$count($states.input.list)   | 3",
        "$states.input.list[1]        | 2",
        "$states.input.missing = 1    | false",
        "$states.input.none = null    | true",
        "[$states.input.n]            | [41]",
        "$states.input.list[$ > 1]    | [2,3]",
        "$exists($states.input.nope)  | false",
        "$states.input.n in [1, 41]   | true",
        "'a' & $states.input.n        | \"a41\"",
        "$map([1], function($v){$v})  | 1",
        "{'absent': $states.input.x}  | {}"
      })
  void computes(String source, String expected) throws StateError {
    assertThat(evaluate(source, "{\"n\":41,\"list\":[1,2,3],\"none\":null}")).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.missing",
        "$missing",
        "$states.result",
        "function($x) { $x }",
        "$sum",
        "1 + 'a'",
        "$unheardOf(1)",
        "$error('no')",
        "[1, $sum]"
      })
  void failsAsQueryEvaluationErrorNamingTheExpressionAndItsPlace(String source) {
    assertThatThrownBy(() -> evaluate(source, "{}"))
        .isInstanceOfSatisfying(
            StateError.class,
            error -> assertThat(error.error()).isEqualTo("States.QueryEvaluationError"))
        .hasMessageContaining(source)
        .hasMessageContaining("$.Test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{% 1 +  %}", "{% $states. %}", "{%%}", "{% 'open %}", "{% 1", "1 %}", "{%}"})
  void refusesWhatCannotBeParsed(String text) {
    assertThat(Expression.isExpression(text)).isTrue();
    assertThatThrownBy(() -> Expression.compile(text, "$.Test"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$now()",
        "$millis()",
        "$random()",
        "$uuid()",
        "$eval('1')",
        "$shuffle([1,2])",
        "$parse('1')"
      })
  void refusesFunctionsThatWouldBehaveOtherwiseInStepFunctions(String source) {
    assertThatThrownBy(() -> Expression.compile("{% " + source + " %}", "$.Test"))
        .hasMessageContaining(source.substring(0, source.indexOf('(')))
        .hasMessageContaining("is not supported");
  }

  @Test
  void oneCompiledExpressionServesManyThreads() throws Exception {
    Expression expression =
        Expression.compile(
            "{% ($seen := $states.input; $sum([1..$seen]) - $sum([1..$seen - 1])) %}", "$.Test");
    List<Callable<JsonNode>> evaluations = new ArrayList<>();
    for (int number = 1; number <= 200; number++) {
      Scope scope =
          Scope.of(
              Map.of(),
              JsonNodeFactory.instance.numberNode(number),
              JsonNodeFactory.instance.objectNode());
      evaluations.add(() -> expression.evaluate(scope));
    }
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<JsonNode>> results = pool.invokeAll(evaluations);
      for (int number = 1; number <= 200; number++) {
        assertThat(results.get(number - 1).get().intValue()).isEqualTo(number);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anEvaluationLeavesNoVariableBehind() throws StateError {
    Expression expression =
        Expression.compile(
            "{% $states.input = 1 ? ($left := 'behind') : $exists($left) %}", "$.Test");
    JsonNode context = JsonNodeFactory.instance.objectNode();
    expression.evaluate(Scope.of(Map.of(), Rig.json("1"), context));

    assertThat(expression.evaluate(Scope.of(Map.of(), Rig.json("2"), context)).booleanValue())
        .isFalse();
  }
}
