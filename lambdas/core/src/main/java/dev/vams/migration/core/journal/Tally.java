package dev.vams.migration.core.journal;

/**
 * How far the copying of a unit, a pair or a run has come. The counts are of objects, or of items.
 *
 * @param copied written to the target
 * @param skipped identical at the target already, so not written
 * @param kept different at the target, and left as it was because of the policy MERGE
 * @param failed neither copied nor skipped nor kept; each is in the failure log
 * @param bytes the size of what was copied; 0 for items
 */
public record Tally(long copied, long skipped, long kept, long failed, long bytes) {

  /** Nothing yet. */
  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

  /** One object copied. */
  public static Tally ofCopied(long bytes) {
    return new Tally(1, 0, 0, 0, bytes);
  }

  /** Items copied. */
  public static Tally ofCopiedItems(long items) {
    return new Tally(items, 0, 0, 0, 0);
  }

  /** One found identical. */
  public static Tally ofSkipped() {
    return new Tally(0, 1, 0, 0, 0);
  }

  /** One left as it was. */
  public static Tally ofKept() {
    return new Tally(0, 0, 1, 0, 0);
  }

  /** One failed. */
  public static Tally ofFailed() {
    return new Tally(0, 0, 0, 1, 0);
  }

  /** Both together. */
  public Tally plus(Tally other) {
    return new Tally(
        copied + other.copied,
        skipped + other.skipped,
        kept + other.kept,
        failed + other.failed,
        bytes + other.bytes);
  }

  /** How many entries were looked at. */
  public long entries() {
    return copied + skipped + kept + failed;
  }
}
