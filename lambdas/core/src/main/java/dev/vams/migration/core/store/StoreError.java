package dev.vams.migration.core.store;

import java.util.Set;

/**
 * Why a store did not do what it was asked to.
 *
 * @param code the service's error code, such as {@code AccessDenied}, or the client's exception
 *     name
 * @param message what the service said, without item or object contents
 * @param scope how far the error reaches
 */
public record StoreError(String code, String message, Scope scope) {

  /** A call that was to take effect only under a condition, which did not hold. */
  public static final String PRECONDITION_FAILED = "PreconditionFailed";

  /** An object is not there, or was deleted. */
  public static final String NO_SUCH_KEY = "NoSuchKey";

  /**
   * What a service answers to a conditional write when the target's object is another one: changed,
   * being changed, or deleted (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
   * writes</a>). Two of them may be said of the source too.
   */
  public static final Set<String> CONFLICTS =
      Set.of(PRECONDITION_FAILED, "ConditionalRequestConflict", NO_SUCH_KEY);

  /** How far an error reaches. */
  public enum Scope {
    /** Only this object or item; the next one may succeed. */
    ENTRY,
    /** The service asks for less, or did not answer; the same call may succeed later. */
    TRANSIENT,
    /** The whole unit. */
    UNIT,
    /** Every unit: the bucket or table is gone or may not be used, or the credentials are bad. */
    RUN
  }

  /**
   * What a service answered. An answer that is not the service's own, such as one to a HEAD request
   * or one of a gateway, has no code and no message but a status.
   *
   * @param code the service's error code, or null
   * @param message what the service said, or null
   * @param status the HTTP status
   * @param requestId what AWS Support asks for, or null
   */
  public static StoreError ofService(
      String code, String message, int status, String requestId, Scope scope) {
    String text = message == null ? "status " + status : withoutFullStop(message);
    return new StoreError(
        code == null ? "HTTP " + status : code,
        requestId == null ? text : text + " (request " + requestId + ")",
        scope);
  }

  /** Sentences go on behind it. */
  private static String withoutFullStop(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /**
   * What an exception of the client itself means: no answer came from the service.
   *
   * @param error the exception; its class becomes the code
   */
  public static StoreError ofClient(Throwable error) {
    String message = String.valueOf(error.getMessage());
    // The AWS SDK lists every place in which it has looked, which hides what is to be done.
    String readable =
        message.startsWith("Unable to load credentials")
            ? "no AWS credentials were found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY"
            : message;
    return new StoreError(error.getClass().getSimpleName(), readable, Scope.TRANSIENT);
  }

  /**
   * Whether the service failed at this call, rather than asking for less: its one code with the
   * status 500, or that status alone.
   */
  public boolean isOfServiceItself() {
    return code.equals("InternalError") || code.equals("HTTP 500");
  }

  /** The error on one line, for reports and exceptions. */
  public String line() {
    return code + ": " + message;
  }
}
