package dev.vams.migration.core.json;

import static java.util.Objects.requireNonNull;

import dev.vams.migration.core.plan.MigrationSchema;

/**
 * A document that obeys every rule.
 *
 * @param schema what the document asks for, defaults filled in
 */
public record ValidSchema(MigrationSchema schema) implements ParsedSchema {

  /** Checks that there is a schema. */
  public ValidSchema {
    requireNonNull(schema, "schema");
  }
}
