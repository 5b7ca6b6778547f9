package dev.vams.migration.core.journal;

/**
 * How far the copying of a unit, a pair or a run has come. The counts are of objects, or of items.
 *
 * @param copied written to the target
 * @param skipped identical at the target already, so not written
 * @param kept different at the target, and left as it was because of the policy MERGE
 * @param failed neither copied nor skipped nor kept; each is in the failure log
 * @param bytes the size of what was copied; 0 for items
 * @param notCarried how many of the copied objects lack something that their sources have; each is
 *     in the log of what was not carried
 * @param deleteMarkers how many of what was copied are delete markers
 * @param deleted how many objects and items were deleted that only the target had; each is in the
 *     log of what was deleted
 * @param archived how many archived objects were left; each is in the log of archived objects
 */
public record Tally(
    long copied,
    long skipped,
    long kept,
    long failed,
    long bytes,
    long notCarried,
    long deleteMarkers,
    long deleted,
    long archived) {

  /** Nothing yet. */
  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

  /** A tally of entries that lack nothing. */
  public Tally(long copied, long skipped, long kept, long failed, long bytes) {
    this(copied, skipped, kept, failed, bytes, 0, 0, 0, 0);
  }

  /** One object copied. */
  public static Tally ofCopied(long bytes) {
    return new Tally(1, 0, 0, 0, bytes);
  }

  /** One delete marker made. */
  public static Tally ofDeleteMarker() {
    return new Tally(1, 0, 0, 0, 0, 0, 1, 0, 0);
  }

  /** Bytes of an object that is not copied to its end. */
  public static Tally ofBytes(long bytes) {
    return new Tally(0, 0, 0, 0, bytes);
  }

  /** One of the copied objects lacks something. */
  public static Tally ofNotCarried() {
    return new Tally(0, 0, 0, 0, 0, 1, 0, 0, 0);
  }

  /** One deleted at the target. */
  public static Tally ofDeleted() {
    return new Tally(0, 0, 0, 0, 0, 0, 0, 1, 0);
  }

  /** One left where it is archived. */
  public static Tally ofArchived() {
    return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 1);
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
        bytes + other.bytes,
        notCarried + other.notCarried,
        deleteMarkers + other.deleteMarkers,
        deleted + other.deleted,
        archived + other.archived);
  }

  /** How many entries were settled, on whichever side. */
  public long entries() {
    return copied + skipped + kept + failed + deleted + archived;
  }
}
