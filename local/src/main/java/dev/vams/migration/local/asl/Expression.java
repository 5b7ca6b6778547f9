package dev.vams.migration.local.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One JSONata expression, compiled once. Thread-safe: a compiled expression of the library keeps
 * the time and the errors of its last evaluation, so one is evaluated by one thread at a time.
 */
final class Expression {

  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";

  /**
   * Functions that Step Functions has and the library does not, that the library has and Step
   * Functions does not, and that would read a clock or a random source other than the injected
   * ones.
   */
  private static final Pattern UNSUPPORTED =
      Pattern.compile("\\$(eval|hash|millis|now|parse|partition|random|range|shuffle|uuid)\\s*\\(");

  private final String path;
  private final String source;
  private final Jsonata compiled;

  private Expression(String path, String source, Jsonata compiled) {
    this.path = path;
    this.source = source;
    this.compiled = compiled;
  }

  /**
   * Whether a string of a definition is meant as an expression; a delimiter on one side only is a
   * mistake, not a text.
   */
  static boolean isExpression(String text) {
    return text.startsWith(OPEN) || text.endsWith(CLOSE);
  }

  /**
   * @param text with its delimiters <code>{% ... %}</code>
   * @param path where it stands in the definition, for messages
   * @throws IllegalArgumentException if it is not an expression that can be evaluated here
   */
  static Expression compile(String text, String path) {
    if (!text.startsWith(OPEN)
        || !text.endsWith(CLOSE)
        || text.length() < OPEN.length() + CLOSE.length()) {
      throw new IllegalArgumentException("an expression must begin with {% and end with %}");
    }
    String source = text.substring(OPEN.length(), text.length() - CLOSE.length()).strip();
    Matcher unsupported = UNSUPPORTED.matcher(source);
    if (unsupported.find()) {
      throw new IllegalArgumentException(
          "the function $" + unsupported.group(1) + " is not supported");
    }
    try {
      Jsonata compiled = Jsonata.jsonata(source);
      compiled.setOutputConvertNulls(false);
      compiled.setValidateInput(false);
      return new Expression(path, source, compiled);
    } catch (JException e) {
      throw new IllegalArgumentException(
          "the expression '" + source + "' cannot be parsed: " + e.getMessage(), e);
    }
  }

  /**
   * @throws StateError States.QueryEvaluationError if the evaluation fails or its value is
   *     undefined or not JSON
   */
  JsonNode evaluate(Scope scope) throws StateError {
    Object value;
    try {
      value = evaluated(scope);
    } catch (RuntimeException e) {
      // The library reports a wrong type sometimes as its JException and sometimes as a
      // ClassCastException.
      throw error(String.valueOf(e.getMessage()), e);
    }
    if (value == null) {
      throw error("it evaluates to undefined", null);
    }
    try {
      return JsonataValues.toJson(value);
    } catch (IllegalArgumentException e) {
      throw error(e.getMessage(), e);
    }
  }

  private Object evaluated(Scope scope) {
    synchronized (compiled) {
      Jsonata.Frame frame = compiled.createFrame();
      scope.bindings().forEach(frame::bind);
      return compiled.evaluate(null, frame);
    }
  }

  private StateError error(String problem, Throwable origin) {
    return new StateError(
        StateError.QUERY_EVALUATION,
        "The expression '" + source + "' at " + path + " failed: " + problem,
        origin);
  }
}
