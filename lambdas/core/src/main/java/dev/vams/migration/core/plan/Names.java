package dev.vams.migration.core.plan;

/** What every name of a schema has in common. */
final class Names {

  private Names() {}

  static void requireText(String value, String component) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(component + " must not be blank");
    }
  }
}
