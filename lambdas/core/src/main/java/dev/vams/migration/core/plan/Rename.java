package dev.vams.migration.core.plan;

/**
 * A top-level attribute of a table's items gets another name at the target; its value stays.
 *
 * @param from the attribute's name in the source; a dot in it is a plain character
 * @param to its name in the target, different from {@code from}
 */
public record Rename(String from, String to) {

  /**
   * Checks both names.
   *
   * @throws IllegalArgumentException when a name is blank or both are the same
   */
  public Rename {
    Names.requireText(from, "from");
    Names.requireText(to, "to");
    if (from.equals(to)) {
      throw new IllegalArgumentException("a rename needs two different names, not twice " + from);
    }
  }
}
