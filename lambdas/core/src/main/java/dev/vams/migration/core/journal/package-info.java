/**
 * What a run writes down in the work bucket, so that any worker can be stopped at any moment, and
 * so that the report needs nobody's memory: plan, cursors, done markers, failures, mismatches.
 */
package dev.vams.migration.core.journal;
