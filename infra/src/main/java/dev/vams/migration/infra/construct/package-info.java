/**
 * The parts of the migration stack. Each writes its own permissions, to the letter of what its code
 * calls.
 */
package dev.vams.migration.infra.construct;
