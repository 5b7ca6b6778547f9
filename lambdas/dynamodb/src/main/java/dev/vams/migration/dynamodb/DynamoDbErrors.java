package dev.vams.migration.dynamodb;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreError.Scope;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What an exception of the SDK means, decided in this one place. */
final class DynamoDbErrors {
  private static final Set<String> ENTRY_CODES =
      Set.of("ValidationException", "ItemCollectionSizeLimitExceededException");

  private static final Set<String> FORBIDDEN_CODES =
      Set.of(
          // STS, when the role may not be assumed.
          "AccessDenied",
          "AccessDeniedException",
          "UnrecognizedClientException",
          "ExpiredTokenException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException");

  private static final String NO_SUCH_TABLE = "ResourceNotFoundException";

  private static final int SERVER_ERROR = 500;

  private DynamoDbErrors() {}

  static StoreError describe(Throwable thrown) {
    Throwable error = InFlight.cause(thrown);
    if (error instanceof AwsServiceException service) {
      Optional<AwsErrorDetails> details = Optional.ofNullable(service.awsErrorDetails());
      return StoreError.ofService(
          details.map(AwsErrorDetails::errorCode).orElse(null),
          details.map(AwsErrorDetails::errorMessage).orElse(null),
          service.statusCode(),
          service.requestId(),
          scope(service, details.map(AwsErrorDetails::errorCode).orElse("")));
    }
    return StoreError.ofClient(error);
  }

  static <T> Lookup<T> lookup(Throwable thrown) {
    StoreError error = describe(thrown);
    if (error.code().equals(NO_SUCH_TABLE)) {
      return new Lookup.Missing<>();
    }
    if (FORBIDDEN_CODES.contains(error.code())) {
      return new Lookup.Forbidden<>(error.line());
    }
    return new Lookup.Unreachable<>(error.message());
  }

  private static Scope scope(AwsServiceException service, String code) {
    if (service.isThrottlingException() || service.statusCode() >= SERVER_ERROR) {
      return Scope.TRANSIENT;
    }
    if (code.equals(NO_SUCH_TABLE) || FORBIDDEN_CODES.contains(code)) {
      return Scope.RUN;
    }
    return ENTRY_CODES.contains(code) ? Scope.ENTRY : Scope.UNIT;
  }
}
