package dev.vams.migration.s3;

import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.ObjectUploads;
import dev.vams.migration.core.store.StoreError;
import dev.vams.migration.core.store.StoreError.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What an exception of the SDK means, decided in one table. The codes are those of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a>.
 */
final class S3Errors {

  /** Answers without a body, such as those to HEAD, have no code but a status. */
  private static final int NOT_FOUND = 404;

  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final int MOVED = 301;
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;

  /** The bucket is gone or elsewhere, or these credentials are good for no call any more. */
  private static final Set<String> CODES_OF_ALL_CALLS =
      Set.of(
          "NoSuchBucket",
          "PermanentRedirect",
          "AccountProblem",
          "AllAccessDisabled",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken");

  /**
   * One line of the table: how far such an error reaches, by what was asked. What is {@link
   * Scope#TRANSIENT} was repeated by the client already, and is repeated by the workflow.
   *
   * @param which the errors that the line is for
   * @param ofBucket when the bucket was asked, such as for a listing
   * @param ofObject when one object was asked for, or written
   * @param ofCopy when one object was to be copied, which can be repeated with any outcome
   * @param ofLook when an object was looked at, as all of the unit are
   */
  private record Line(
      Predicate<AwsServiceException> which,
      Scope ofBucket,
      Scope ofObject,
      Scope ofCopy,
      Scope ofLook) {}

  /** The first line that fits counts. */
  private static final List<Line> TABLE =
      List.of(
          // Said with the status of throttling, but it may last for hours.
          same(error -> code(error).equals("GlacierExpeditedRetrievalNotAvailable"), Scope.ENTRY),
          same(AwsServiceException::isThrottlingException, Scope.TRANSIENT),
          // A service that fails on one object, rather than asking for less, may copy the others.
          new Line(
              S3Errors::failsItself,
              Scope.TRANSIENT,
              Scope.TRANSIENT,
              Scope.ENTRY,
              Scope.TRANSIENT),
          same(error -> error.statusCode() > SERVER_ERROR, Scope.TRANSIENT),
          // What does not come from S3 comes from STS: without the role, no call can be made.
          same(error -> !(error instanceof S3Exception), Scope.RUN),
          same(error -> CODES_OF_ALL_CALLS.contains(code(error)), Scope.RUN),
          same(InvalidObjectStateException.class::isInstance, Scope.ENTRY),
          // Policies and keys can refuse single objects. Whoever may not look at one is likely to
          // be refused all, as an answer to HEAD does not say why.
          new Line(
              error -> error.statusCode() == FORBIDDEN,
              Scope.RUN,
              Scope.ENTRY,
              Scope.ENTRY,
              Scope.UNIT),
          new Line(error -> true, Scope.UNIT, Scope.ENTRY, Scope.ENTRY, Scope.ENTRY));

  private S3Errors() {}

  private static Line same(Predicate<AwsServiceException> which, Scope scope) {
    return new Line(which, scope, scope, scope, scope);
  }

  /** What an error of a call means that concerns the whole bucket, such as a listing. */
  static StoreError describeBucket(Throwable thrown) {
    return describe(thrown, Line::ofBucket);
  }

  /** What an error of a call means that concerns one object. */
  static StoreError describeObject(Throwable thrown) {
    return describe(thrown, Line::ofObject);
  }

  /** What an error of one copy means that is safe to be repeated. */
  static StoreError describeCopy(Throwable thrown) {
    return describe(thrown, Line::ofCopy);
  }

  /** What an error of looking at one of all objects means. */
  static StoreError describeLook(Throwable thrown) {
    return describe(thrown, Line::ofLook);
  }

  private static StoreError describe(Throwable thrown, Function<Line, Scope> asked) {
    Throwable error = InFlight.cause(thrown);
    if (error instanceof AwsServiceException service) {
      Optional<AwsErrorDetails> details = Optional.ofNullable(service.awsErrorDetails());
      Line line = TABLE.stream().filter(one -> one.which().test(service)).findFirst().orElseThrow();
      return StoreError.ofService(
          details.map(AwsErrorDetails::errorCode).orElse(null),
          details.map(AwsErrorDetails::errorMessage).orElse(null),
          service.statusCode(),
          service.requestId(),
          asked.apply(line));
    }
    return StoreError.ofClient(error);
  }

  /** A copy that fails late does so behind the status 200. */
  private static boolean failsItself(AwsServiceException error) {
    return error.statusCode() == SERVER_ERROR || code(error).equals("InternalError");
  }

  private static String code(AwsServiceException error) {
    return Optional.ofNullable(error.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
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
    return hasCode(error, ObjectUploads.NO_SUCH_UPLOAD);
  }

  private static boolean hasCode(Throwable error, String code) {
    return InFlight.cause(error) instanceof S3Exception s3 && code(s3).equals(code);
  }

  /** Whether a restore that is asked for is on its way already. */
  static boolean isRestoreInProgress(Throwable error) {
    return hasCode(error, "RestoreAlreadyInProgress");
  }

  /** Whether an object has no retention, or no legal hold, or is not there. */
  static boolean isNotLocked(Throwable error) {
    return isNotFound(error) || hasCode(error, "NoSuchObjectLockConfiguration");
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

  /** The lookup that an error comes to, when it was not that the bucket is elsewhere. */
  static <T> Lookup<T> lookup(Throwable thrown) {
    Throwable error = InFlight.cause(thrown);
    if (error instanceof AwsServiceException service) {
      return switch (service.statusCode()) {
        case NOT_FOUND -> new Lookup.Missing<>();
        case FORBIDDEN -> new Lookup.Forbidden<>(describeBucket(error).line());
        case MOVED, BAD_REQUEST -> elsewhere(service);
        default -> new Lookup.Unreachable<>(describeBucket(error).line());
      };
    }
    return new Lookup.Unreachable<>(describeBucket(error).message());
  }

  private static <T> Lookup<T> elsewhere(AwsServiceException service) {
    return Optional.ofNullable(service.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
        .<Lookup<T>>map(Lookup.Elsewhere::new)
        .orElseGet(() -> new Lookup.Forbidden<>(describeBucket(service).line()));
  }
}
