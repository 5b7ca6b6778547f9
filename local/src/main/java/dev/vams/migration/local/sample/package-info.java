/**
 * Sample stacks in the shape of VAMS 2.1, for the demo, the tests and rehearsals: the tables and
 * buckets, data for stack A, and the migration schema that copies it to stack B. Everything is made
 * up, and the same seed always makes the same.
 */
package dev.vams.migration.local.sample;
