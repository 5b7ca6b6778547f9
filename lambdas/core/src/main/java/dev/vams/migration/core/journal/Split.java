package dev.vams.migration.core.journal;

import dev.vams.migration.core.plan.Unit.KeyRange;
import java.util.List;

/**
 * How a unit was split. The unit's own work ends at the cursor; the shares cover what is left.
 *
 * @param unit the unit's id
 * @param cursor how far the unit had been copied, and what was found on the way
 * @param shares in the order of their keys
 */
public record Split(String unit, CopyCursor cursor, List<KeyRange> shares) {

  /** Takes a copy of the list. */
  public Split {
    shares = List.copyOf(shares);
  }
}
