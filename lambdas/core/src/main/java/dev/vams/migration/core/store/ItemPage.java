package dev.vams.migration.core.store;

import java.util.List;
import java.util.Optional;

/**
 * One page of a scan.
 *
 * @param items in no particular order
 * @param lastKey where the next page goes on; empty on the last page
 * @param units how many read units it took
 */
public record ItemPage(List<Item> items, Optional<Item> lastKey, double units) {}
