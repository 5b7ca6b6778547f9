package dev.vams.migration.core.digest;

import dev.vams.migration.core.store.Item;
import java.util.HexFormat;
import java.util.List;

/**
 * Names items by their keys, so that the same key has the same name however its numbers are
 * written: the service may give them back in another way than they were sent. Not safe for use by
 * several threads.
 */
public final class CanonicalKeys {
  private final List<String> keyNames;
  private final ItemDigest digest = new ItemDigest();

  /**
   * @param keyNames the key attributes of the table
   */
  public CanonicalKeys(List<String> keyNames) {
    this.keyNames = List.copyOf(keyNames);
  }

  /** The name of an item's key, or of a key. */
  public String of(Item item) {
    return HexFormat.of().formatHex(digest.of(item.key(keyNames)));
  }
}
