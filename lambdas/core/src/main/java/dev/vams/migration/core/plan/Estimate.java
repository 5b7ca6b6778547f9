package dev.vams.migration.core.plan;

/**
 * About how many objects or items there were when a run was planned. Good enough to say how long it
 * may take; nothing is verified by it.
 *
 * @param entries the number
 * @param orMore whether not everything was looked through to its end
 */
public record Estimate(long entries, boolean orMore) {

  /** Nothing is known, or there is nothing. */
  public static final Estimate NONE = new Estimate(0, false);
}
