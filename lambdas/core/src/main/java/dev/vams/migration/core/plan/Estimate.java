package dev.vams.migration.core.plan;

/**
 * About how many objects or items a source held when it was planned. Good enough to say how long a
 * run may take; nothing is verified by it.
 *
 * @param entries the number
 * @param orMore whether the source was not looked through to its end
 */
public record Estimate(long entries, boolean orMore) {

  /** Nothing is known, or there is nothing. */
  public static final Estimate NONE = new Estimate(0, false);
}
