package dev.vams.migration.dynamodb;

import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreError.Scope;
import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What an exception of the SDK means, decided in this one place. */
final class DynamoDbErrors {
  private static final Set<String> ENTRY_CODES =
      Set.of("ValidationException", "ItemCollectionSizeLimitExceededException");

  private static final Set<String> FORBIDDEN_CODES =
      Set.of(
          "AccessDeniedException",
          "UnrecognizedClientException",
          "ExpiredTokenException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException");

  private static final int SERVER_ERROR = 500;

  private DynamoDbErrors() {}

  static Throwable unwrap(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  static StoreError describe(Throwable thrown) {
    Throwable error = unwrap(thrown);
    if (error instanceof AwsServiceException service) {
      String code = code(service);
      return new StoreError(code, message(service), scope(service, code));
    }
    return StoreError.ofClient(error);
  }

  static <T> Lookup<T> lookup(Throwable thrown) {
    StoreError error = describe(thrown);
    if (error.code().equals("ResourceNotFoundException")) {
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
    return ENTRY_CODES.contains(code) ? Scope.ENTRY : Scope.UNIT;
  }

  /** An answer that is not DynamoDB's own, such as one of a gateway, has no code but a status. */
  private static String code(AwsServiceException service) {
    String code = service.awsErrorDetails() == null ? null : service.awsErrorDetails().errorCode();
    return code == null ? "HTTP " + service.statusCode() : code;
  }

  private static String message(AwsServiceException service) {
    String message =
        service.awsErrorDetails() == null ? null : service.awsErrorDetails().errorMessage();
    return message == null ? "status " + service.statusCode() : message;
  }
}
