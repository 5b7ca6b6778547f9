package dev.vams.migration.core.store;

/**
 * Why a store did not do what it was asked to.
 *
 * @param code the service's error code, such as {@code AccessDenied}, or the client's exception
 *     name
 * @param message what the service said, without item or object contents
 * @param scope how far the error reaches
 */
public record StoreError(String code, String message, Scope scope) {

  /** What S3 answers to whoever wants to read or copy an archived object. */
  private static final String INVALID_OBJECT_STATE = "InvalidObjectState";

  /** That an object cannot be read because it is archived, as S3 would answer. */
  public static StoreError archived(String storageClass) {
    return new StoreError(
        INVALID_OBJECT_STATE, "the object is archived (" + storageClass + ")", Scope.ENTRY);
  }

  /** Whether an object is archived, and not restored. */
  public boolean isOfArchived() {
    return code.equals(INVALID_OBJECT_STATE);
  }

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
   * Whether a condition of the call did not hold, or somebody else wrote at the same time. Where
   * the target's object was deleted, it is said to be missing, as the source's would be (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
   * writes</a>).
   */
  public boolean isOfCondition() {
    return code.equals("PreconditionFailed")
        || code.equals("ConditionalRequestConflict")
        || code.equals("NoSuchKey");
  }

  /** The error on one line, for reports and exceptions. */
  public String line() {
    return code + ": " + message;
  }
}
