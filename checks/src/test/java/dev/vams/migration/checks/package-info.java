/** Checks that the parts of the repository agree: files against code, module against module. */
package dev.vams.migration.checks;
