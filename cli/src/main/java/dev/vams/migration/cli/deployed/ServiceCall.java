package dev.vams.migration.cli.deployed;

import dev.vams.migration.cli.deployed.DeploymentException.Reason;
import dev.vams.migration.core.store.StoreError;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One call of a service, and what its errors mean.
 *
 * @param doing what is attempted, and on what, such as {@code start the run x}
 * @param action what IAM calls it, such as {@code states:StartExecution}
 * @param resource the ARN or name of what the action is allowed on
 * @param missing what to say for the error codes that mean that there is no such thing
 */
record ServiceCall(String doing, String action, String resource, Map<String, String> missing) {

  /**
   * The codes of both protocols for a caller who is unknown, or may not do it (<a
   * href="https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html">Common
   * errors</a>).
   */
  private static final Set<String> CALLER_CODES =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private static final Set<String> DENIAL_CODES = Set.of("AccessDenied", "AccessDeniedException");

  private static final int SERVER_ERROR = 500;

  /**
   * Makes the call and gives its answer.
   *
   * @throws DeploymentException when it is an error
   */
  <T> T make(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw answered(e);
    } catch (SdkException e) {
      throw new DeploymentException(
          Reason.UNREACHABLE,
          "Cannot %s: %s. Check the network, the credentials, the region, and the variables AWS_ENDPOINT_URL..., if any is set."
              .formatted(doing, withoutStop(StoreError.ofClient(e).message())));
    }
  }

  private DeploymentException answered(AwsServiceException e) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
    String code = details.map(AwsErrorDetails::errorCode).orElse("");
    String message = details.map(AwsErrorDetails::errorMessage).orElse(null);
    StoreError error =
        StoreError.ofService(
            code.isEmpty() ? null : code,
            message,
            e.statusCode(),
            e.requestId(),
            StoreError.Scope.UNIT);
    String line = withoutStop(error.line());
    if (missing.containsKey(code)) {
      return new DeploymentException(Reason.MISSING, missing.get(code));
    }
    if (e.isThrottlingException() || e.statusCode() >= SERVER_ERROR) {
      return new DeploymentException(
          Reason.UNREACHABLE, "Cannot %s: %s. Try again later.".formatted(doing, line));
    }
    String remedy =
        DENIAL_CODES.contains(code)
            ? "Allow %s on %s.".formatted(action, resource)
            : CALLER_CODES.contains(code)
                ? "Renew the credentials, or choose others with AWS_PROFILE."
                : "";
    return new DeploymentException(
        Reason.REFUSED, "Cannot %s: %s. %s".formatted(doing, line, remedy).strip());
  }

  /** A sentence of ours goes on behind it. */
  private static String withoutStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
