package dev.vams.migration.core.inventory;

import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.store.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes keys that no item of a table has: 128 random bits, or 18 random digits, for each part. */
record AbsentKey(RandomGenerator random) {
  private static final String PREFIX = "vams-migrate-access-check-";

  Item of(TableFacts facts) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (KeyAttribute key : facts.keys()) {
      attributes.put(key.name(), value(key.type()));
    }
    return new Item(attributes);
  }

  private Value value(String type) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    String text = PREFIX + HexFormat.of().formatHex(bits);
    return switch (type) {
      case "N" ->
          new Value.Numeric("-" + random.nextLong(100_000_000_000_000_000L, Long.MAX_VALUE / 10));
      case "B" -> new Value.Binary(text.getBytes(StandardCharsets.UTF_8));
      default -> new Value.Text(text);
    };
  }
}
