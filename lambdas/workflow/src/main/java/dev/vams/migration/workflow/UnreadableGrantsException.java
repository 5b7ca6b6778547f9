package dev.vams.migration.workflow;

import java.nio.file.Path;

/** The deployed code does not say what the deployment allows. */
public final class UnreadableGrantsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableGrantsException(Path file, Exception cause) {
    super(
        "The file %s of the deployed code, which says what the workflow may use, cannot be read: %s. Deploy the workflow again with npx cdk deploy."
            .formatted(file, cause),
        cause);
  }
}
