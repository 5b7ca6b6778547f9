package dev.vams.migration.core.store;

import java.util.List;

/**
 * The answer to a batch of keys.
 *
 * @param items the items that exist, in no particular order
 * @param unprocessedKeys keys that were not looked up and must be asked for again
 * @param units how many read units it took
 */
public record ItemBatch(List<Item> items, List<Item> unprocessedKeys, double units) {}
