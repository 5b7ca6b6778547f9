/**
 * Reads and writes the JSON documents of a migration. The only package of the core that knows
 * Jackson.
 */
package dev.vams.migration.core.json;
