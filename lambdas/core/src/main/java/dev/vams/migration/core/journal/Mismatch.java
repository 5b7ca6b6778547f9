package dev.vams.migration.core.journal;

/**
 * One object or item that is not at the target as it should be.
 *
 * @param unit the unit it belongs to
 * @param descriptor the pair it belongs to
 * @param entry the object's key, or the item's key attributes
 * @param kind what is wrong with it
 * @param detail more about it, such as both sizes or the names of the attributes that differ; never
 *     content
 */
public record Mismatch(String unit, String descriptor, String entry, Kind kind, String detail) {

  /** What can be wrong with an entry at the target. */
  public enum Kind {
    /** It is not there. */
    MISSING,
    /** It is there with other content. */
    DIFFERENT,
    /** A version that the source's history does not have. */
    SURPLUS
  }
}
