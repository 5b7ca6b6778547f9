package dev.vams.migration.core.transfer;

import dev.vams.migration.core.store.StoreError;

/** What an operator can do about an entry that could not be copied. */
final class Advice {
  static final String RETRY = "Start the migration again with retryOf set to this run.";

  static final String ANOTHER_HISTORY =
      "Delete the target's versions of this key, or compare both by hand. " + RETRY;

  private Advice() {}

  static String forVersion(StoreError error) {
    return switch (error.code()) {
      case "AccessDenied" ->
          "Allow s3:GetObjectVersion and s3:GetObjectVersionTagging on the source object, s3:PutObject,"
              + " s3:PutObjectTagging and s3:DeleteObject on the target, s3:PutObjectRetention and"
              + " s3:PutObjectLegalHold if it is locked, and the use of their KMS keys if they are"
              + " encrypted with one. "
              + RETRY;
      case "InvalidObjectState" ->
          "The version is archived: restore it, or move it to another storage class. Those after it wait for it. "
              + RETRY;
      case "Conflict" -> "Stop writers to the target. " + RETRY;
      case "NoSuchVersion" ->
          "The version was deleted after it was listed: stop writers to the source and its lifecycle rules. "
              + RETRY;
      default -> forObject(error);
    };
  }

  static String forObject(StoreError error) {
    return switch (error.code()) {
      case "AccessDenied" ->
          "Allow s3:GetObject and s3:GetObjectTagging on the source object, s3:PutObject and s3:PutObjectTagging on the"
              + " target, s3:PutObjectRetention and s3:PutObjectLegalHold if it is locked, and the"
              + " use of their KMS keys if they are encrypted with one. "
              + RETRY;
      case "InvalidRequest" ->
          error.message().contains("Server Side Encryption")
              ? "The object is encrypted with a key that S3 does not keep (SSE-C), so only whoever"
                  + " has the key can copy it: do so with a tool that takes the key, then run"
                  + " verify."
              : RETRY;
      case "InvalidObjectState" ->
          "The object is archived: restore it, or move it to another storage class. " + RETRY;
      case "PreconditionFailed" ->
          "The object was replaced while it was copied: stop writers to the source. " + RETRY;
      case "NoSuchKey" ->
          "The object was deleted after it was listed: stop writers to the source. " + RETRY;
      default -> RETRY;
    };
  }

  static String forItem(StoreError error) {
    return switch (error.code()) {
      case "ValidationException" ->
          "Compare the item with the target's key schema, indexes and the limit of 400 KB. "
              + RETRY;
      case "AccessDeniedException" ->
          "Allow dynamodb:BatchWriteItem and dynamodb:PutItem on the target table. " + RETRY;
      default -> RETRY;
    };
  }
}
