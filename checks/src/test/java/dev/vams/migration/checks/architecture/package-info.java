/** Checks that the modules depend on each other, and on libraries, as the architecture says. */
package dev.vams.migration.checks.architecture;
