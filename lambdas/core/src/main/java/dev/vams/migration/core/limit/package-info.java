/**
 * Bounds: how many calls are in flight, how long a worker may run, how long to wait before trying
 * again.
 */
package dev.vams.migration.core.limit;
