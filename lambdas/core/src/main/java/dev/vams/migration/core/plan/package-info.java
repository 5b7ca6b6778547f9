/**
 * What a migration is asked to do: the migration schema as the rest of the code sees it, and the
 * problems that keep one from being carried out.
 */
package dev.vams.migration.core.plan;
