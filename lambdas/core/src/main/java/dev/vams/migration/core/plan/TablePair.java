package dev.vams.migration.core.plan;

import java.util.List;

/**
 * One table whose items are copied to another table.
 *
 * @param descriptor what the table is for, unique among the tables of a schema
 * @param from the source table's name
 * @param to the target table's name; it may equal {@code from} when the regions differ
 * @param renames attributes that get another name on the way, in the order of the schema; empty
 *     when none does. No name is renamed twice, and none is both the end and the start of a rename,
 *     so the order does not matter.
 */
public record TablePair(String descriptor, String from, String to, List<Rename> renames) {

  /**
   * Checks the texts and takes a copy of the list.
   *
   * @throws IllegalArgumentException when a text is blank
   */
  public TablePair {
    Names.requireText(descriptor, "descriptor");
    Names.requireText(from, "from");
    Names.requireText(to, "to");
    renames = List.copyOf(renames);
  }
}
