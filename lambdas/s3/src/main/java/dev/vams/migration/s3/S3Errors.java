package dev.vams.migration.s3;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreError.Scope;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an exception of the SDK means, decided in this one place. */
final class S3Errors {
  private static final Set<String> BUCKET_CODES =
      Set.of(
          "NoSuchBucket",
          "PermanentRedirect",
          "InvalidAccessKeyId",
          "ExpiredToken",
          "InvalidToken");

  /** Answers without a body, such as those to HEAD, have no code but a status. */
  private static final int NOT_FOUND = 404;

  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final int MOVED = 301;
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;

  private S3Errors() {}

  /**
   * What an error of one copy means: a service that fails on this object, rather than asking for
   * less, may well copy the others.
   */
  static StoreError describeCopy(Throwable thrown) {
    StoreError error = describe(thrown);
    boolean failsOnThisObject =
        InFlight.cause(thrown) instanceof S3Exception s3
            && (s3.statusCode() == SERVER_ERROR || isInternalError(code(s3)));
    return failsOnThisObject ? new StoreError(error.code(), error.message(), Scope.ENTRY) : error;
  }

  private static boolean isInternalError(String code) {
    return code.equals("InternalError");
  }

  static boolean isNotFound(Throwable error) {
    return InFlight.cause(error) instanceof S3Exception s3 && s3.statusCode() == NOT_FOUND;
  }

  /** Whether an answer without a body, such as one to HEAD, does not say what is wrong. */
  static boolean isUnexplained(Throwable error) {
    return InFlight.cause(error) instanceof S3Exception s3
        && (s3.statusCode() == BAD_REQUEST || s3.statusCode() == FORBIDDEN);
  }

  static boolean isBadRequest(Throwable error) {
    return InFlight.cause(error) instanceof S3Exception s3 && s3.statusCode() == BAD_REQUEST;
  }

  static boolean isNoSuchUpload(Throwable error) {
    return code(error).equals(ObjectUploads.NO_SUCH_UPLOAD);
  }

  /** Whether a restore that is asked for is on its way already. */
  static boolean isRestoreInProgress(Throwable error) {
    return code(error).equals("RestoreAlreadyInProgress");
  }

  /**
   * What an error of one restore means. That there is no room for expedited ones now is said with
   * the status of throttling, but may last for hours.
   */
  static StoreError describeRestore(Throwable thrown) {
    StoreError error = describeCopy(thrown);
    return error.code().equals("GlacierExpeditedRetrievalNotAvailable")
        ? new StoreError(error.code(), error.message(), Scope.ENTRY)
        : error;
  }

  /** Whether an object has no retention, or no legal hold, or is not there. */
  static boolean isNotLocked(Throwable error) {
    return isNotFound(error) || code(error).equals("NoSuchObjectLockConfiguration");
  }

  /**
   * Whether a bucket that is there has no configuration of the kind that was asked for, or its
   * service knows no such kind.
   */
  static boolean isNotConfigured(Throwable error) {
    return InFlight.cause(error) instanceof S3Exception s3
        && switch (s3.statusCode()) {
          case NOT_FOUND, METHOD_NOT_ALLOWED, NOT_IMPLEMENTED -> true;
          case BAD_REQUEST -> code(s3).equals("InvalidRequest");
          default -> false;
        };
  }

  private static String code(Throwable error) {
    return InFlight.cause(error) instanceof S3Exception s3
            && s3.awsErrorDetails() != null
            && s3.awsErrorDetails().errorCode() != null
        ? s3.awsErrorDetails().errorCode()
        : "";
  }

  /**
   * What an error of looking at one object means: whoever may not look at this one may probably not
   * look at the others. An archived object is refused with the same status, but for itself.
   */
  static StoreError describeLook(Throwable thrown) {
    StoreError error = describe(thrown);
    boolean isDenied =
        InFlight.cause(thrown) instanceof S3Exception s3
            && s3.statusCode() == FORBIDDEN
            && !(s3 instanceof InvalidObjectStateException);
    return isDenied ? new StoreError(error.code(), error.message(), Scope.UNIT) : error;
  }

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

  /** The lookup that an error comes to, when it was not that the bucket is elsewhere. */
  static <T> Lookup<T> lookup(Throwable thrown) {
    Throwable error = InFlight.cause(thrown);
    if (error instanceof AwsServiceException service) {
      return switch (service.statusCode()) {
        case NOT_FOUND -> new Lookup.Missing<>();
        case FORBIDDEN -> new Lookup.Forbidden<>(describe(error).line());
        case MOVED, BAD_REQUEST -> elsewhere(service);
        default -> new Lookup.Unreachable<>(describe(error).line());
      };
    }
    return new Lookup.Unreachable<>(describe(error).message());
  }

  private static <T> Lookup<T> elsewhere(AwsServiceException service) {
    return Optional.ofNullable(service.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
        .<Lookup<T>>map(Lookup.Elsewhere::new)
        .orElseGet(() -> new Lookup.Forbidden<>(describe(service).line()));
  }

  private static Scope scope(AwsServiceException service, String code) {
    // A copy that fails late does so behind the status 200.
    if (service.isThrottlingException()
        || service.statusCode() >= SERVER_ERROR
        || isInternalError(code)) {
      return Scope.TRANSIENT;
    }
    // What does not come from S3 comes from STS: without the role, no call can be made.
    boolean concernsEveryObject = !(service instanceof S3Exception) || BUCKET_CODES.contains(code);
    return concernsEveryObject ? Scope.UNIT : Scope.ENTRY;
  }
}
