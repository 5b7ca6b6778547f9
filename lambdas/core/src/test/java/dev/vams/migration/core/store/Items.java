package dev.vams.migration.core.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Short ways to write items in tests. */
public final class Items {
  private Items() {}

  /** An item of texts: names and values in turn. */
  public static Item texts(String... namesAndValues) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], new Value.Text(namesAndValues[i + 1]));
    }
    return new Item(attributes);
  }
}
