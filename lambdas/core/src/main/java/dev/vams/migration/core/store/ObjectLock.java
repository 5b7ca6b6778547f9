package dev.vams.migration.core.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps an object from being deleted (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">Object Lock</a>).
 *
 * @param retention until when, if for a time
 * @param legalHold whether it is held until somebody lifts the hold
 */
public record ObjectLock(Optional<Retention> retention, boolean legalHold) {

  /** Nothing does. */
  public static final ObjectLock NONE = new ObjectLock(Optional.empty(), false);

  /**
   * For a time.
   *
   * @param mode {@code GOVERNANCE} or {@code COMPLIANCE}
   * @param until the end
   */
  public record Retention(String mode, Instant until) {}

  /** The same without a retention that has ended: it has no effect, and S3 takes no past date. */
  public ObjectLock at(Instant now) {
    return new ObjectLock(retention.filter(kept -> kept.until().isAfter(now)), legalHold);
  }

  /** What there is, in words. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    retention.ifPresent(
        kept -> lines.add("retention %s until %s".formatted(kept.mode(), kept.until())));
    if (legalHold) {
      lines.add("legal hold");
    }
    return lines;
  }
}
