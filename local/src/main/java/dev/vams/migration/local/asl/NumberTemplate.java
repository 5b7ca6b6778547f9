package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** A number of a definition that may be an expression. */
record NumberTemplate(String field, Template value, NumberRange range) {

  /**
   * @throws StateError States.QueryEvaluationError if the value is not a number of the range
   */
  BigDecimal evaluate(Scope scope) throws StateError {
    JsonNode number = value.evaluate(scope);
    Optional<String> problem = range.problemOf(number);
    if (problem.isPresent()) {
      throw new StateError(StateError.QUERY_EVALUATION, field + " " + problem.get());
    }
    return number.decimalValue();
  }
}
