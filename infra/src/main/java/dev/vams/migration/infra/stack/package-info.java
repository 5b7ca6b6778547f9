/** The stack that is deployed: a list of parts and how they are joined. */
package dev.vams.migration.infra.stack;
