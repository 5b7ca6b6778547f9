package dev.vams.migration.core.transfer;

import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemSize;
import dev.vams.migration.core.store.StoreError;
import java.util.Locale;

/** What an operator can do about an entry that could not be copied, or not be deleted. */
final class Advice {
  static final String RETRY = "Start the migration again with retryOf set to this run.";

  static final String CHANGE_TRANSFORM =
      "Correct the item at the source, and start the migration again with retryOf set to this run. Or"
          + " change the table's attributes or transform in the schema, which the command preview"
          + " shows, and start a new run without retryOf, with ifTargetNotEmpty SYNC or OVERWRITE.";

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
      case "AnotherVersion" -> "Stop writers to the target. " + RETRY;
      case "InvalidObjectState" ->
          "The version is archived: set options.archived to RESTORE, or restore it. Those after it wait for it. "
              + RETRY;
      case "NoSuchVersion" ->
          "The version was deleted after it was listed, perhaps by a lifecycle rule. Those after it wait for it. "
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
          "The object is archived: set options.archived to RESTORE, or restore it. " + RETRY;
      case "PreconditionFailed" ->
          "The object was replaced again and again while it was copied: stop writers to the source. "
              + RETRY;
      case "NoSuchKey" ->
          "The object was deleted after it was listed: stop writers to the source. " + RETRY;
      default -> RETRY;
    };
  }

  /** Of an archived object that is not restored. */
  static String forRestore(StoreError error) {
    return switch (error.code()) {
      case "AccessDenied" -> "Allow s3:RestoreObject on the source's objects. " + RETRY;
      case "GlacierExpeditedRetrievalNotAvailable", "InvalidArgument" ->
          "Set options.restoreTier to STANDARD or BULK: EXPEDITED is not for DEEP_ARCHIVE, and not"
              + " always to be had. "
              + RETRY;
      default -> "Restore it. " + RETRY;
    };
  }

  /** Of an object that only the target has. */
  static String forDeletion(StoreError error) {
    return switch (error.code()) {
      case "AccessDenied" -> "Allow s3:DeleteObject on the target's objects. " + RETRY;
      case "PreconditionFailed" ->
          "The object was replaced after it was listed: stop writers to the target. " + RETRY;
      default -> RETRY;
    };
  }

  /** The error of an item, with the item's size where that may be the reason. */
  static String lineOf(StoreError error, Item item) {
    long size = ItemSize.of(item);
    return size > ItemSize.LARGEST
        ? String.format(
            Locale.ROOT,
            "%s (the item has about %,d bytes, the limit is %,d)",
            error.line(),
            size,
            ItemSize.LARGEST)
        : error.line();
  }

  static String forItem(StoreError error) {
    return switch (error.code()) {
      case "ValidationException" ->
          "Compare the item with the target's key schema, indexes and the limit of 400 KB. "
              + RETRY;
      case "ItemCollectionSizeLimitExceededException" ->
          "The items of one partition key, with a local index, are over 10 GB: the target takes no"
              + " more of them as long as it has that index.";
      default -> RETRY;
    };
  }
}
