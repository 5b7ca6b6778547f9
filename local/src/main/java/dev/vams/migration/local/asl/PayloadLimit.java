package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * The largest input, result, output or variable of a state.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step
 *     Functions quotas: maximum input or output size for a task, state, or execution</a>
 */
final class PayloadLimit {

  static final int BYTES = 256 * 1024;

  private PayloadLimit() {}

  /**
   * @throws StateError States.DataLimitExceeded if {@code value}, as UTF-8 text, is larger
   */
  static JsonNode require(JsonNode value, String what) throws StateError {
    int bytes = value.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES) {
      throw new StateError(
          StateError.DATA_LIMIT_EXCEEDED,
          what + " has " + bytes + " bytes, but Step Functions allows " + BYTES + " bytes");
    }
    return value;
  }
}
