package dev.vams.migration.core.json;

/**
 * What came of reading a migration schema: either a schema, or everything that is wrong with it.
 */
public sealed interface ParsedSchema permits ValidSchema, InvalidSchema {}
