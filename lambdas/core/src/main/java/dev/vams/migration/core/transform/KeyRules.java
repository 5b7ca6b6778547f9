package dev.vams.migration.core.transform;

import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.TableFacts.KeyAttribute;
import dev.vams.migration.core.store.Value;
import java.util.List;
import java.util.Optional;

/**
 * What the keys of a table and of its indexes ask of an item: that the table's are there, and that
 * all have the right type and are not empty (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html">PutItem</a>).
 */
public final class KeyRules {
  private final List<KeyAttribute> keys;
  private final List<KeyAttribute> indexKeys;

  /**
   * The rules of a target table.
   *
   * @param keys its key attributes
   * @param indexKeys those of its indexes
   */
  public KeyRules(List<KeyAttribute> keys, List<KeyAttribute> indexKeys) {
    this.keys = List.copyOf(keys);
    this.indexKeys = List.copyOf(indexKeys);
  }

  /** The names of the table's key attributes. */
  public List<String> keyNames() {
    return keys.stream().map(KeyAttribute::name).toList();
  }

  /** The first rule that an item breaks, on one line. */
  public Optional<String> broken(Item item) {
    for (KeyAttribute key : keys) {
      Value value = item.attributes().get(key.name());
      if (value == null) {
        return Optional.of("the key attribute '%s' would be missing".formatted(key.name()));
      }
      Optional<String> broken = broken(key, value, "key attribute");
      if (broken.isPresent()) {
        return broken;
      }
    }
    for (KeyAttribute key : indexKeys) {
      Value value = item.attributes().get(key.name());
      Optional<String> broken =
          value == null ? Optional.empty() : broken(key, value, "key attribute of an index");
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  /** The rule that a value breaks as this key. */
  public static Optional<String> broken(KeyAttribute key, Value value, String what) {
    String type = type(value);
    if (!type.equals(key.type())) {
      return Optional.of(
          "the %s '%s' would have another type than %s".formatted(what, key.name(), key.type()));
    }
    boolean isEmpty =
        (value instanceof Value.Text text && text.text().isEmpty())
            || (value instanceof Value.Binary binary && binary.bytes().length == 0);
    return isEmpty
        ? Optional.of("the %s '%s' would be empty".formatted(what, key.name()))
        : Optional.empty();
  }

  /** The type, if it is one that a key can have. */
  private static String type(Value value) {
    if (value instanceof Value.Text) {
      return "S";
    }
    if (value instanceof Value.Numeric) {
      return "N";
    }
    return value instanceof Value.Binary ? "B" : "";
  }
}
