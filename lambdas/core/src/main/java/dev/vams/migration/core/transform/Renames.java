package dev.vams.migration.core.transform;

import dev.vams.migration.core.plan.Rename;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives attributes of an item their new names. Values pass through untouched, whatever their type
 * and depth; an item without the attribute stays as it is. Immutable, so safe for use by many
 * threads.
 */
public final class Renames {
  private final Map<String, String> newNames = new LinkedHashMap<>();

  /**
   * @param renames each name at most once on each side, and none on both: the schema's reader
   *     refuses anything else
   */
  public Renames(List<Rename> renames) {
    renames.forEach(rename -> newNames.put(rename.from(), rename.to()));
  }

  /** The item with its new names, or the first rename that would lose a value. */
  public Transformed apply(Item item) {
    if (newNames.isEmpty()) {
      return new Transformed.Ready(item);
    }
    Map<String, Value> attributes = item.attributes();
    for (Map.Entry<String, String> rename : newNames.entrySet()) {
      if (attributes.containsKey(rename.getKey()) && attributes.containsKey(rename.getValue())) {
        return new Transformed.Clash(rename.getKey(), rename.getValue());
      }
    }
    Map<String, Value> renamed = new LinkedHashMap<>();
    attributes.forEach((name, value) -> renamed.put(newNames.getOrDefault(name, name), value));
    return new Transformed.Ready(new Item(renamed));
  }
}
