/**
 * Looking at both stacks before anything is copied: is everything there and allowed, and into which
 * units is it cut.
 */
package dev.vams.migration.core.inventory;
