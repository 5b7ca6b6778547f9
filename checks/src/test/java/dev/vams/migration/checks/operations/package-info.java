/** Holds what the workers call against what the deployment grants them. */
package dev.vams.migration.checks.operations;
